// Generated from schema/*.json by `cargo xtask generate`. Do not edit.

/** Why one result differs from another. */
export interface Contrast {
  /** Version of this form. */
  schemaVersion: number;
  /** The answers that differ. */
  benefits: Contrasted[];
}

/** An amount and how exactly it is known. */
export interface Amount {
  /** How exactly it is known. */
  kind: "exact" | "atLeast" | "upTo" | "between";
  /** Yuan, if it is exact. */
  value: Yuan | null;
  /** Least, yuan. */
  min: Yuan;
  /** Most, yuan; `null` if no limit is known. */
  max: Yuan | null;
  /** For what it is paid. */
  per: "month" | "quarter" | "year" | "day" | "meal" | "once";
}

/** six digits of GB/T 2260; 000000 is the nation */
export type AreaCode = string;

/** One thing a difference needs. */
export interface Cause {
  /** A `fact` of the household, the `rules` of the day, or the `time` that has passed (an age, a term). */
  kind: "fact" | "rules" | "time";
  /** The path of the fact; `date` for the others. */
  path: string;
  /** As the first has it; `null` where it is not told. */
  before: string | null;
  /** As the second has it. */
  after: string | null;
}

/** A table row an answer rests on. */
export interface CellUsed {
  /** Parameter. */
  parameter: string;
  /** The area whose table it is in. */
  area: AreaCode;
  /** Row, from 0 at the top. */
  row: number;
  /** The value as the table has it. */
  value: string;
  /** First day (the latest possible). */
  from: string;
  /** Its clause. */
  clause: Clause;
  /** How sure we are of it. */
  grade: "A" | "A1" | "A-calc" | "A2" | "A*" | "A3";
  /** Not yet checked against its document. */
  unconfirmed: boolean;
}

/** A place in an official document (条, 款, 项). */
export interface Clause {
  /** Id in `policy-tables/documents.json`. */
  document: string;
  /** Article (条), where it was read. */
  article?: string;
}

/** One answer that differs. */
export interface Contrasted {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** Path of the bill, such as `bills/0`. */
  bill: string | null;
  /** In the first result; absent if it has no such entry. */
  before: Said | null;
  /** In the second; absent if it has no such entry. */
  after: Said | null;
  /** What the difference needs: taken back one by one, each brings the answer away from the second. */
  because: Cause[];
  /** Table rows the second answer rests on and the first does not. */
  cells: CellUsed[];
}

/** Exactly one of five answers. */
export type Outcome =
  /** All conditions hold. */
  | "eligible"
  /** A condition fails whatever the rest is. */
  | "ineligible"
  /** Facts are missing. */
  | "undetermined"
  /** The text leaves it to the office. */
  | "discretionary"
  /** No number is in force that we know. */
  | "noTable";

/** What one result says. */
export interface Said {
  /** The answer. */
  outcome: Outcome;
  /** The amount, as far as it is known. */
  amount: Amount | null;
}

/** yuan, with two decimals */
export type Yuan = string;

/** The answer for one household on one day. */
export interface Decision {
  /** Version of this form. */
  schemaVersion: number;
  /** Version of the engine. */
  engine: string;
  /** The tables used, layer by layer. */
  packs: PackUsed[];
  /** The day decided for. */
  date: Day;
  /** One entry for each benefit and person (or bill). */
  benefits: Entry[];
  /** What of the entries may not be drawn together, and what is kept. */
  combination: Combination;
  /** What the settled entries that are kept come to; entries without a known number are left out and named. */
  totals: Totals;
  /** Facts that can still change something, with the benefits they matter for. */
  needs: Need[];
  /** The fact to ask for next. */
  next: string | null;
  /** Dates that were taken for granted because they were absent. */
  assumed: string[];
  /** Facts given but read by no rule, and stated standings and certificates that other facts contradict. */
  issues: Issue[];
  /** Identifies what was decided, by what, and the outcome. */
  receipt: Receipt;
  /** What the cash of every month can still come to, when tight ranges were asked for and it is open. */
  cashRange?: Range;
  /** Benefits applied for at another place than the one that decides: who does what, by when, with which papers. */
  crossings?: Crossing[];
  /** The benefits that were asked about, where not all were: nothing is said of any other, nor of what it would bar. */
  only?: string[];
}

/** A benefit of which another leaves nothing or only a part. */
export interface AdjustedEntry {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** How. */
  relation: "replaces" | "tops-up" | "choose-one" | "choose-higher" | "not-together";
  /** By which benefits. */
  by: string[];
  /** What is left of it over the months compared. */
  cash: Total;
  /** Where it is written. */
  clause: Clause;
}

/** An amount under one lawful reading. */
export interface AlternativeAmount {
  /** Stable code. */
  code: string;
  /** Yuan, if it is known. */
  amount: Yuan | null;
  /** The clause that leaves it open. */
  clause: Clause;
}

/** A sum of one kind and period. */
export interface Apart {
  /** What is given. */
  gives: "cash" | "discount" | "voucher" | "hours" | "in-kind";
  /** For what it is paid. */
  per: "month" | "quarter" | "year" | "day" | "meal" | "once";
  /** How exactly it is known. */
  kind: "exact" | "atLeast" | "between";
  /** Yuan that are certain. */
  min: Yuan;
  /** Yuan at most; `null` if no limit is known. */
  max: Yuan | null;
  /** Benefits whose numbers are not known and that are in neither figure. */
  leftOut: string[];
}

/** A place where the household may apply, and what its tables give. */
export interface CandidateArea {
  /** The place: it accepts, decides and pays. */
  area: AreaCode;
  /** The member through whom the household applies there. */
  via: string | null;
  /** The rule that lets it. */
  rule: "registered" | "registered-and-resident" | "residence-permit";
  /** Whether the law certainly lets it; `null` while a fact or a rule is not known. */
  holds: boolean | null;
  /** The answer there. */
  outcome: Outcome;
  /** Whether the household qualifies there. */
  qualifies: boolean | null;
  /** The amount there. */
  amount: Amount | null;
}

/** Benefits of a member of which not all may be drawn. */
export interface ChoiceAmong {
  /** Id of the member. */
  member: string;
  /** The area whose tables say so. */
  area: AreaCode;
  /** Every relation that bars something. */
  relations: RelationUsed[];
  /** What may be drawn together; the first is kept, then those with the most certain cash. */
  options: DrawnTogether[];
  /** Who settled it: the `law` (the higher is kept), the `person` (by `choices`), or nobody yet (`left-to-person`). */
  settledBy: "law" | "person" | "left-to-person";
  /** A fact or a number that is not known may make another option the better one. */
  open: boolean;
}

/** One step of a case and its last day. */
export interface ClockStep {
  /** To the deciding office, the decision, and telling the applicant. */
  step: "push" | "decide" | "notify";
  /** Working days it may take. */
  workingDays: number;
  /** The day before the first that counts. */
  from: Day;
  /** The last day. */
  by: Day;
  /** `official`: by the year's calendar of holidays; `weekends-only`: that is not known, and only weekends are counted off. */
  calendar: "official" | "weekends-only";
  /** Nobody has checked the calendar against the State Council's notice. */
  unconfirmed: boolean;
}

/** What of the entries may not be drawn together. */
export interface Combination {
  /** Months over which cash is compared. */
  months: number;
  /** Benefits of a member of which not all may be drawn. */
  choices: ChoiceAmong[];
  /** Benefits of which another leaves nothing or only a part. */
  adjusted: AdjustedEntry[];
}

/** One benefit applied for at another place than the one that decides. */
export interface Crossing {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member. */
  member: string | null;
  /** The area whose window takes the application. */
  acceptedAt: AreaCode;
  /** The area that decides. */
  decidedBy: AreaCode;
  /** The area that pays. */
  paidBy: AreaCode;
  /** By when each step is to be done; empty while the day the papers were complete is not known. */
  clock: ClockStep[];
  /** Papers to bring, by code. */
  papers: string[];
  /** Where it is written. */
  clause: Clause;
}

/** a day, YYYY-MM-DD */
export type Day = string;

/** By when an application is to be decided (办理时限). */
export interface Deadline {
  /** The `usual` one, one that was `extended` in a difficult case, or where the township decides itself (`delegated`). */
  kind: "usual" | "extended" | "delegated";
  /** Working days it may take. */
  workingDays: number;
  /** Nobody has checked the row, or the calendar, against its document. */
  unconfirmed: boolean;
  /** Where it is written. */
  clause: Clause;
  /** The last day. */
  by?: Day;
  /** `official`: by the year's calendar of holidays; `weekends-only`: that is not known, and only weekends are counted off. */
  calendar?: "official" | "weekends-only";
  /** The day before the first that counts: the office received the case, or the papers were complete; absent while not told. */
  from?: Day;
}

/** Benefits that may be drawn together. */
export interface DrawnTogether {
  /** What is drawn. */
  kept: string[];
  /** What is not. */
  dropped: string[];
  /** Of what is drawn: what the person draws already and is not decided here. */
  drawnAlready: string[];
  /** Of what is drawn: what it is not known of whether the person qualifies for it. */
  undecided: string[];
  /** Cash of what is drawn over the months compared. */
  cash: Total;
  /** How much less certain cash it brings than the best. */
  costs: Yuan;
}

/** One benefit for one person, household or bill. */
export interface Entry {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** Path of the bill, such as `bills/0`. */
  bill: string | null;
  /** The area whose tables decide; `null` while it is not known. */
  area: AreaCode | null;
  /** Which of the person's areas that is. */
  basis: "registeredArea" | "usualResidence" | "incidentArea" | "serviceArea";
  /** Whose window took the application; `null` where that was not told. */
  acceptedAt: AreaCode | null;
  /** Who decides. */
  decidedBy: AreaCode | null;
  /** Who pays. */
  paidBy: AreaCode | null;
  /** What it gives: money, a lower price, or only a status that opens other doors. */
  gives: "cash" | "discount" | "voucher" | "hours" | "in-kind" | "status";
  /** The answer. */
  outcome: Outcome;
  /** Whether the person qualifies, whatever is known of the amount. */
  qualifies: boolean | null;
  /** The amount, as far as it is known; absent for a mere status and for who does not qualify. */
  amount: Amount | null;
  /** First month paid. */
  firstMonth: Month | null;
  /** Rests on what an office has decided rather than on the facts given. */
  stated: boolean;
  /** Rests on a number nobody has checked against its document yet. */
  unconfirmed: boolean;
  /** Every condition. */
  reasons: Reason[];
  /** Paths of the facts that keep it open. */
  needs: string[];
  /** What the tables lack. */
  missing: MissingCell[];
  /** Readings the text leaves open. */
  alternatives: AlternativeAmount[];
  /** Every place where the household may apply, each with its own tables, where there are several; never added up. */
  candidates?: CandidateArea[];
  /** Table rows it rests on, when asked for. */
  cells?: CellUsed[];
  /** What becomes of it beside the other entries, where not all of it is drawn (see `combination`). */
  combined?: "dropped" | "replaced" | "reduced";
  /** By when it is to be decided, for who may have it. */
  deadlines?: Deadline[];
  /** Which office there, where the tables say so: that of the county, or the township to which it has been handed down. */
  decidedAt?: "county" | "township";
  /** Amounts besides, paid for something else: once a year, say. */
  extras?: Amount[];
  /** What it comes to in the first month paid, where that is later than the day and not the amount of the day; at least nothing
where that is not known. */
  firstAmount?: Amount;
  /** What the place calls it on the day, where its tables say so. */
  localName?: string;
  /** Papers that show what the conditions ask, for who may have it. */
  papers?: PaperToBring[];
  /** Who pays which part, where the tables say so; what the operator gets is not part of the amount. */
  payers?: PayerPart[];
  /** Who counts as family, and why; only where the benefit is for a family. */
  people?: PersonCounted[];
  /** What it can still come to, while that is open. */
  range?: Range;
  /** Month of the next review. */
  reviewMonth?: Month;
  /** Named intermediate values, when asked for. */
  steps?: StepValue[];
}

/** A fact and where it stands. */
export interface GivenFact {
  /** Its path, such as `members/0/birthDate`. */
  path: string;
  /** Its value as JSON has it. */
  value: Written;
}

/** A ground that holds for a person. */
export interface GroundHolds {
  /** Stable code. */
  code: string;
  /** The clause. */
  clause: Clause;
}

/** A remark on what was given. */
export interface Issue {
  /** Stable code. */
  code:
    | "card-contradicted"
    | "fact-not-used"
    | "standing-contradicted"
    | "ability-contradicted"
    | "absence-contradicted"
    | "parent-contradicted";
  /** Where. */
  path: string;
}

/** A number that was in force earlier. */
export interface LastKnown {
  /** As the table has it. */
  value: string;
  /** For what it is paid, where the row says so: `year`, say. */
  per: string | null;
  /** From when (the latest possible first day). */
  from: string;
  /** Its document. */
  document: string;
}

/** One layer of a pack. */
export interface Layer {
  /** Whose tables. */
  area: AreaCode;
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: string;
}

/** What the tables lack for an answer. */
export interface MissingCell {
  /** Parameter. */
  parameter: string;
  /** The area whose table it would be in. */
  area: AreaCode;
  /** Why there is no number, or (`only-a-limit`) no more than a floor or a ceiling. */
  cause: "no-table" | "not-yet" | "expired" | "unknown" | "start-unknown" | "only-a-limit";
  /** The last number we do know; never used and never added up. */
  lastKnown: LastKnown | null;
}

/** a month, YYYY-MM */
export type Month = string;

/** A fact that can still change something. */
export interface Need {
  /** Its path. */
  path: string;
  /** The benefits it matters for. */
  benefits: string[];
}

/** The tables of one area and what they were read from. */
export interface PackUsed {
  /** The area. */
  area: AreaCode;
  /** The layers from this area up to the nation; empty where tables were not loaded from packs. */
  layers: Layer[];
}

/** A paper to bring (材料), and for which condition. */
export interface PaperToBring {
  /** Stable code of the paper. */
  paper: string;
  /** Codes of the conditions that it shows. */
  shows: string[];
  /** Offices can look most of it up themselves; bring it if they cannot. */
  checkedOnline: boolean;
  /** Where it is asked for. */
  clause: Clause;
}

/** What one of those who share an amount pays of it. */
export interface PayerPart {
  /** Who pays. */
  payer: "province" | "city" | "district" | "street" | "operator";
  /** Yuan. */
  amount: Yuan;
}

/** A person named in the household: whether they count as family, and why. */
export interface PersonCounted {
  /** Id of the member. */
  member: string;
  /** Whether they count; `null` while that is open. */
  counted: boolean | null;
  /** Whether the family is paid for them too. */
  paid: boolean | null;
  /** The grounds that hold, those for counting first. */
  because: GroundHolds[];
}

/** yuan with two decimals, a whole number, or true or false */
export type Quantity = string;

/** The least and the most something can still come to, whatever the open facts turn out to be. */
export interface Range {
  /** Least, yuan. */
  min: Yuan;
  /** Most, yuan; `null` if no limit is known. */
  max: Yuan | null;
  /** `tight`: both ends can be reached, and the examples say how; `sound`: it lies within, but an end may be out of reach. */
  bound: "tight" | "sound";
  /** Answers with which it comes to the least; only in a tight range. */
  leastWith?: GivenFact[];
  /** Answers with which it comes to the most; only in a tight range. */
  mostWith?: GivenFact[];
}

/** A condition for one person. */
export interface Reason {
  /** Stable code. */
  code: string;
  /** Whether it holds; `null` while that is open. */
  holds: boolean | null;
  /** The clause that demands it. */
  clause: Clause | null;
  /** The limit. */
  limit?: Quantity;
  /** What was found less the limit. */
  margin?: Quantity;
  /** What was found. */
  measured?: Quantity;
  /** What keeps it open: `facts` that are missing, `tables` that lack a number, or the `office`'s choice. */
  open?: "facts" | "tables" | "office";
  /** In what these are counted. */
  unit?: "yuan-per-month" | "yuan" | "count" | "years" | "truth";
}

/** Identifies a decision. */
export interface Receipt {
  /** SHA-256 of the household's text. */
  household: string;
  /** SHA-256 of engine, packs, household, date and answers. */
  digest: string;
}

/** A relation between benefits that was used. */
export interface RelationUsed {
  /** Its kind. */
  relation: "choose-higher" | "choose-one" | "not-together" | "full-or-top-up";
  /** Ids of the benefits. */
  of: string[];
  /** Where it is written. */
  clause: Clause;
}

/** A named intermediate value. */
export interface StepValue {
  /** Stable code. */
  code: string;
  /** The value, once it is known. */
  value: Quantity | null;
  /** In what it is counted. */
  unit: "yuan-per-month" | "yuan" | "count" | "years" | "truth";
  /** The table rows it rests on; empty unless cells were asked for. */
  cells: CellUsed[];
}

/** A sum and what it leaves out. */
export interface Total {
  /** How exactly it is known. */
  kind: "exact" | "atLeast" | "between";
  /** Yuan that are certain. */
  min: Yuan;
  /** Yuan at most; `null` if no limit is known. */
  max: Yuan | null;
  /** Benefits whose numbers are not known and that are in neither figure. */
  leftOut: string[];
}

/** Sums of what is certain and drawn together. Cash, vouchers, discounts, goods and hours are never added to one another,
nor what is paid for different periods, but for `cash_over_twelve_months`. */
export interface Totals {
  /** Cash every month. */
  cashPerMonth: Total;
  /** Cash over twelve months: what is paid a month twelve times, what is paid a year or once in full. */
  cashOverTwelveMonths: Total;
  /** Discounts on the meals given. */
  meals: Total;
  /** Everything else, each kind and period for itself; vouchers are up to so much. */
  apart: Apart[];
}

/** A value as the household JSON has it. */
export type Written = string | number | boolean | boolean[] | Record<string, never>;

/** What an engine covers. */
export interface Description {
  /** Version of the engine. */
  engine: string;
  /** Version of the household's and the result's form. */
  schemaVersion: number;
  /** Areas that have tables of their own, each with the hash of its layer (empty where it came from files). */
  layers: Layer[];
  /** Ids of all benefits that it decides. */
  benefits: string[];
  /** Every fact a household may state. */
  facts: FactDescription[];
  /** Documents by id, as reasons and cells cite them. */
  documents: {
    [name: string]: Document;
  };
}

/** An official document (文件). */
export interface Document {
  /** Title as published. */
  title: string;
  /** Number (文号), where known. */
  number: string | null;
  /** Who issued it. */
  issuer: string | null;
  /** Issued on; a day, a month or a year. */
  issued: string | null;
  /** In force from. */
  inForce: string | null;
  /** Address at a government or newspaper site. */
  link: string | null;
}

/** A fact a household may state. */
export interface FactDescription {
  /** Where it stands, such as `members[].birthDate`; `*` stands for the keys of a map. */
  path: string;
  /** What it holds. */
  kind: "money" | "count" | "truth" | "day" | "choice" | "area" | "text" | "member";
  /** What it means. */
  about: string;
  /** The names to choose from, for a choice. */
  choices?: string[];
}

/** For one household, how far each person is from what they do not get. */
export interface Distances {
  /** Version of this form. */
  schemaVersion: number;
  /** One entry for each benefit someone does not qualify for. */
  benefits: Distance[];
}

/** A failed condition. */
export interface Condition {
  /** Its stable code. */
  code: string;
  /** What would make it hold. */
  ways: Way[];
}

/** How far one person is from one benefit. */
export interface Distance {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** Path of the bill, such as `bills/0`. */
  bill: string | null;
  /** For each failed condition the changes of one fact after which it holds; none for what no number changes. */
  conditions: Condition[];
  /** Changes of one fact after which the answer is no longer no, the smallest first, waits last. */
  opens: Way[];
}

/** A change of one fact. */
export interface Way {
  /** The path of the fact; `date` for a wait. */
  path: string;
  /** What it is now. */
  now: Written;
  /** The nearest value that will do. */
  needed: Written;
  /** The second less the first: yuan, a count, or days. */
  change: Quantity;
  /** In what it is counted. */
  unit: "yuan" | "count" | "days";
  /** Whether it is something a person can change; a day of birth is not, and time passes by itself. */
  changeable: boolean;
}

/** A mistake in what a person or a host page sent. */
export interface FactError {
  /** Stable code, such as `unknown-field`. */
  code: string;
  /** Where, such as `members/0/birthDate`; empty for the whole text. */
  path: string;
  /** What was there, shortened. */
  got: string;
  /** What would have been accepted: a format, a list of names, a limit. */
  expected: string;
  /** The nearest thing that would have been accepted. */
  suggest?: string;
}

/** Facts about the people and their means. Absent: not asked yet. Null: asked, not known. An empty list: none. */
export interface Household {
  /** version of this format */
  schemaVersion: number;
  members: Member[];
  standing?: Standing[] | null;
  assessments?: Assessment[] | null;
  dwellings?: Dwelling[] | null;
  assets?: {
    vehicles?: Vehicle[] | null;
    businesses?: Business[] | null;
    exempt?: ExemptAsset[] | null;
    largeOutgoings?: LargeOutgoing[] | null;
    /** savings, securities, insurance and other money of all members, yuan */
    financial?: string | null;
  } | null;
  expenses?: Expense[] | null;
  bills?: Bill[] | null;
  obligors?: Obligor[] | null;
  choices?: {
    [name: string]:
      | "minimum-living-allowance"
      | "destitute-support"
      | "disability-living-subsidy"
      | "disability-nursing-subsidy"
      | "work-injury-nursing"
      | "orphan-allowance"
      | "unattended-child-allowance"
      | "key-difficulty-child-allowance"
      | "retired-cadre-nursing"
      | "institutional-care-subsidy"
      | "welfare-living-subsidy"
      | "welfare-nursing-subsidy"
      | "elderly-nursing-subsidy"
      | "elderly-nursing-allowance"
      | "elderly-service-allowance"
      | "elderly-hardship-allowance"
      | "advanced-age-allowance"
      | "long-term-care-insurance"
      | "service-consumption-voucher"
      | "unemployment-benefit"
      | null;
  } | null;
  application?: {
    benefits?: (string | null)[] | null;
    /** day the application was handed in */
    appliedOn?: string | null;
    /** day the papers were complete */
    completeOn?: string | null;
    /** day the deciding office received the case */
    receivedOn?: string | null;
    /** day of the decision */
    decidedOn?: string | null;
    /** area of the window that took the application */
    acceptingArea?: string | null;
    /** how it was handed in */
    channel?: "window" | "online" | "agent" | null;
    /** who applies on behalf of the applicant */
    agentRelation?: string | null;
    /** the member who applies, if not the one whose relation is self */
    applicantId?: string | null;
    /** consent to having income and property checked */
    verificationConsent?: boolean | null;
  } | null;
  land?: {
    /** has contracted farm land */
    contracted?: boolean | null;
    /** has a share in the village collective's income */
    collectiveShare?: boolean | null;
    /** was relocated to a town */
    relocatedToTown?: boolean | null;
    /** nothing else of this map applies */
    noOther?: boolean | null;
  } | null;
  incident?: {
    /** what happened */
    kind?: "fire" | "traffic-accident" | "sudden-illness" | "natural-disaster" | "other" | null;
    /** where it happened */
    area?: string | null;
    /** when it happened */
    date?: string | null;
    /** what was lost, yuan */
    loss?: string | null;
    /** what had to be paid oneself, yuan */
    selfPaid?: string | null;
    /** grants already received this year */
    grantsThisYear?: number | null;
    /** what they came to, yuan */
    grantedThisYear?: string | null;
  } | null;
}

export interface Member {
  /** short name for this person within this household; not a real name or number */
  id: string;
  incomes?: Income[] | null;
  transfersPaid?: Transfer[] | null;
  disabilities?: Disability[] | null;
  registeredArea?: Registered[] | null;
  usualResidence?: Residence[] | null;
  receiving?: {
    /** draws nothing else of this map */
    noOther?: boolean | null;
    "minimum-living-allowance"?: Receiving | null;
    "destitute-support"?: Receiving | null;
    "disability-living-subsidy"?: Receiving | null;
    "disability-nursing-subsidy"?: Receiving | null;
    "work-injury-nursing"?: Receiving | null;
    "orphan-allowance"?: Receiving | null;
    "unattended-child-allowance"?: Receiving | null;
    "key-difficulty-child-allowance"?: Receiving | null;
    "retired-cadre-nursing"?: Receiving | null;
    "institutional-care-subsidy"?: Receiving | null;
    "welfare-living-subsidy"?: Receiving | null;
    "welfare-nursing-subsidy"?: Receiving | null;
    "elderly-nursing-subsidy"?: Receiving | null;
    "elderly-nursing-allowance"?: Receiving | null;
    "elderly-service-allowance"?: Receiving | null;
    "elderly-hardship-allowance"?: Receiving | null;
    "advanced-age-allowance"?: Receiving | null;
    "long-term-care-insurance"?: Receiving | null;
    "service-consumption-voucher"?: Receiving | null;
    "unemployment-benefit"?: Receiving | null;
  } | null;
  employment?: {
    refusedOn?: (string | null)[] | null;
    /** work */
    status?: "employed" | "self-employed" | "unemployed" | "retired" | "student" | "not-of-working-age" | null;
    /** since when */
    since?: string | null;
  } | null;
  parents?: Parent[] | null;
  parentIds?: (string | null)[] | null;
  /** relation to the applicant */
  relation?: "self" | "spouse" | "child" | "parent" | "grandchild" | "grandparent" | "sibling" | "other" | null;
  /** date of birth */
  birthDate?: string | null;
  /** sex */
  sex?: "female" | "male" | null;
  /** marital status */
  maritalStatus?: "single" | "married" | "divorced" | "widowed" | null;
  /** date of death */
  diedOn?: string | null;
  livesWithHousehold?: {
    /** lives together with the household */
    value?: boolean | null;
    /** since when */
    since?: string | null;
  } | null;
  /** by law owes support to another member, or is owed it */
  supportDuty?: boolean | null;
  /** town or village household registration */
  registeredSettlement?: "urban" | "rural" | null;
  /** usually lives in a town or in a village */
  usualSettlement?: "urban" | "rural" | null;
  residencePermit?: {
    /** area of the residence permit */
    area?: string | null;
    /** since when */
    from?: string | null;
  } | null;
  insuredHere?: {
    /** where social insurance is paid */
    area?: string | null;
    /** for how many months */
    months?: number | null;
  } | null;
  disabilityCard?: {
    /** state of the disability certificate */
    state?: "valid" | "expired" | "frozen" | "cancelled" | "reissuing" | "none" | null;
    /** issued on */
    issuedOn?: string | null;
    /** last day of validity */
    expiresOn?: string | null;
    /** last day of the previous certificate */
    previousExpiredOn?: string | null;
  } | null;
  serviceInjuryCard?: {
    /** certificate of a disabled soldier or police officer */
    kind?: "soldier" | "police" | "none" | null;
    /** its grade */
    grade?: number | null;
  } | null;
  longTermCareNeed?: {
    /** needs care for six months or longer */
    needed?: boolean | null;
    /** since when */
    since?: string | null;
  } | null;
  selfCare?: {
    /** eats without help */
    eating?: "able" | "unable" | null;
    /** dresses without help */
    dressing?: "able" | "unable" | null;
    /** gets in and out of bed without help */
    gettingUp?: "able" | "unable" | null;
    /** uses the toilet without help */
    toilet?: "able" | "unable" | null;
    /** walks indoors without help */
    walkingIndoors?: "able" | "unable" | null;
    /** bathes without help */
    bathing?: "able" | "unable" | null;
  } | null;
  ability?: {
    /** scale of the ability assessment */
    scale?: "gbt-42195-2022" | "mzt-039-2013" | "local" | null;
    /** total score */
    score?: number | null;
    /** level found */
    level?: "intact" | "mild" | "moderate" | "severe" | "complete" | null;
    /** level found on a local scale, as that scale numbers it */
    localLevel?: number | null;
    /** assessed on */
    assessedOn?: string | null;
    /** in a coma */
    coma?: boolean | null;
    /** dementia or another mental disorder diagnosed by a psychiatrist */
    diagnosis?: boolean | null;
    /** falls and other risk events in the last 30 days */
    riskEvents30Days?: number | null;
  } | null;
  carePlace?: {
    /** where the person is cared for */
    kind?: "home" | "institution" | "child-welfare-institution" | "hospital" | null;
    /** the place is approved for this care */
    approved?: boolean | null;
    /** since when */
    since?: string | null;
  } | null;
  services?: {
    /** uses paid residential care */
    residentialCare?: boolean | null;
    /** has a home-care bed */
    homeCareBed?: boolean | null;
    /** draws the pooled-care support for disabled older people in hardship */
    pooledCare?: boolean | null;
    /** takes part in the home-care upgrade project */
    upgradeProject?: boolean | null;
    /** nothing else of this map applies */
    noOther?: boolean | null;
  } | null;
  illness?: {
    /** has a locally recognised serious illness */
    serious?: boolean | null;
    /** has a rare illness */
    rare?: boolean | null;
    /** has a chronic illness on long medication */
    chronicOnMedication?: boolean | null;
    /** nothing else of this map applies */
    noOther?: boolean | null;
  } | null;
  /** ability to work */
  workAbility?: "full" | "partial" | "unable" | null;
  /** has no fixed income */
  noFixedIncome?: boolean | null;
  schooling?: {
    /** stage of schooling */
    stage?:
      | "kindergarten"
      | "compulsory"
      | "senior-high"
      | "vocational"
      | "junior-college"
      | "bachelor"
      | "master"
      | "doctor"
      | "none"
      | null;
    /** full-time */
    fullTime?: boolean | null;
    /** where the school is */
    area?: string | null;
    /** public school */
    publicSchool?: boolean | null;
  } | null;
  /** lives as clergy in a religious site since */
  clergySince?: string | null;
  imprisoned?: {
    /** in prison from */
    from?: string | null;
    /** until */
    until?: string | null;
    /** judgment in force on */
    judgmentOn?: string | null;
  } | null;
  compulsoryRehab?: {
    /** in compulsory drug rehabilitation from */
    from?: string | null;
    /** until */
    until?: string | null;
  } | null;
  /** declared missing by a court on */
  declaredMissingOn?: string | null;
  /** is a soldier in active service */
  activeSoldier?: boolean | null;
  groups?: {
    /** one-child family whose child died or is disabled */
    familyPlanningSpecial?: boolean | null;
    /** draws preferential treatment for veterans and their families */
    preferentialTreatment?: boolean | null;
    /** lives alone */
    livesAlone?: boolean | null;
    /** is paid from public funds */
    publicEmployee?: boolean | null;
    /** is a retired veteran cadre */
    retiredCadre?: boolean | null;
    /** was lifted out of registered poverty */
    povertyAlleviated?: boolean | null;
    /** belongs to no other group of this map */
    noOther?: boolean | null;
  } | null;
}

export interface Income {
  /** kind of income */
  kind?:
    | "wages"
    | "business"
    | "property"
    | "pension"
    | "resident-pension"
    | "maintenance"
    | "unemployment-benefit"
    | "survivors-benefit"
    | "compensation"
    | "gift"
    | "other"
    | "social-assistance"
    | "disability-subsidy"
    | "preferential-pension"
    | "family-planning-award"
    | "scholarship"
    | "courage-award"
    | "advanced-age-allowance"
    | "child-allowance"
    | null;
  /** what came in over the months stated, yuan, before costs */
  gross?: string | null;
  /** what had to be spent to earn it over the same months, yuan */
  costs?: string | null;
  /** over how many months */
  months?: number | null;
  /** first day of this income */
  startedOn?: string | null;
  /** part of a resident pension that is the centrally fixed basic pension, yuan */
  centralBasicPart?: string | null;
}

export interface Transfer {
  /** what for */
  kind?: "tax" | "social-insurance" | "maintenance" | "other" | null;
  /** yuan per month */
  amount?: string | null;
}

export interface Disability {
  /** kind */
  kind?: "vision" | "hearing" | "speech" | "limb" | "intellectual" | "mental" | null;
  /** grade, 1 is the most severe */
  grade?: number | null;
}

export interface Registered {
  /** area of household registration */
  area?: string | null;
  /** from */
  from?: string | null;
  /** until (not included) */
  until?: string | null;
}

export interface Residence {
  /** area of usual residence */
  area?: string | null;
  /** from */
  from?: string | null;
  /** until (not included) */
  until?: string | null;
}

export interface Receiving {
  /** whether it is being paid */
  state?: "paying" | "stopped" | "none" | null;
  /** yuan per month */
  monthly?: string | null;
  /** paid for how many members */
  members?: number | null;
  /** in full, not as a top-up */
  full?: boolean | null;
  /** from */
  from?: string | null;
}

export interface Parent {
  disabilities?: ParentDisability[] | null;
  /** the parent, if a member of this household */
  memberId?: string | null;
  /** what has happened to this parent */
  state?:
    | "present"
    | "died"
    | "missing"
    | "lost-contact"
    | "severely-disabled"
    | "seriously-ill"
    | "imprisoned"
    | "compulsory-rehab"
    | "liberty-restricted"
    | "guardianship-revoked"
    | "deported"
    | null;
  /** since when */
  since?: string | null;
  /** until when, where a term was set (until, not included) */
  until?: string | null;
}

export interface ParentDisability {
  /** kind */
  kind?: "vision" | "hearing" | "speech" | "limb" | "intellectual" | "mental" | null;
  /** grade */
  grade?: number | null;
}

export interface Standing {
  /** what was decided */
  status?:
    | "destitute-support"
    | "minimum-living-allowance"
    | "borderline-household"
    | "essential-expense-hardship"
    | "low-income"
    | "covered-individually"
    | "none"
    | null;
  /** for whom, where it concerns one member */
  member?: string | null;
  /** local class, the neediest first */
  class?: "first" | "second" | "third" | "fourth" | "other" | null;
  /** by the office of which area */
  area?: string | null;
  /** from */
  from?: string | null;
  /** until (not included) */
  until?: string | null;
}

export interface Assessment {
  /** which test */
  test?:
    | "assets-within-limit"
    | "borderline-assets-within-limit"
    | "hardship-assets-within-limit"
    | "low-income-assets-within-limit"
    | "destitute-assets-within-limit"
    | "expenditure-test"
    | null;
  /** for whom, where it concerns one member */
  member?: string | null;
  /** whether it is passed */
  holds?: boolean | null;
  /** who found so */
  by?: string | null;
  /** on which day */
  on?: string | null;
}

export interface Dwelling {
  /** use */
  use?: "home" | "rented-out" | "empty" | "business" | null;
  /** floor area in square metres */
  floorArea?: number | null;
  /** legally owned or rented */
  legal?: boolean | null;
  /** since when */
  since?: string | null;
}

export interface Vehicle {
  /** what it is used for */
  purpose?: "treatment" | "rehabilitation" | "livelihood" | "private" | null;
  /** value, yuan */
  value?: string | null;
}

export interface Business {
  /** kind */
  kind?: "sole-trader" | "company" | "cooperative" | "other" | null;
  /** capital, yuan */
  capital?: string | null;
}

export interface ExemptAsset {
  /** why it does not count */
  reason?: "assistance" | "house-sale" | "compensation" | "other" | null;
  /** yuan */
  amount?: string | null;
  /** since when */
  on?: string | null;
}

export interface LargeOutgoing {
  /** yuan */
  amount?: string | null;
  /** when */
  on?: string | null;
}

export interface Expense {
  /** what for */
  kind?: "medical" | "education" | "rehabilitation" | "disaster" | "living" | "housing" | "other" | null;
  /** for whom */
  member?: string | null;
  /** a day in the month it was paid; absent for the total of the last twelve months */
  month?: string | null;
  /** the whole bill, yuan */
  gross?: string | null;
  /** what insurance paid, yuan */
  insurancePaid?: string | null;
  /** what assistance paid, yuan */
  assistancePaid?: string | null;
}

export interface Bill {
  /** what for */
  category?: "meal" | "home-service" | "day-care" | "institution" | "respite" | "home-adaptation" | null;
  /** for whom */
  member?: string | null;
  /** which meal */
  meal?: "breakfast" | "lunch" | "dinner" | null;
  /** on which day */
  date?: string | null;
  /** list price, yuan */
  listPrice?: string | null;
  /** where */
  area?: string | null;
  /** at a provider that takes part */
  listedProvider?: boolean | null;
  /** what insurance paid, yuan */
  insurancePaid?: string | null;
  /** delivered to the home */
  delivered?: boolean | null;
  /** over how many kilometres, rounded up */
  distanceKm?: number | null;
  /** days of stay */
  stayDays?: number | null;
}

export interface Obligor {
  disabilities?: ObligorDisability[] | null;
  /** whom this person must support */
  forMember?: string | null;
  /** relation to that member */
  relation?: "self" | "spouse" | "child" | "parent" | "grandchild" | "grandparent" | "sibling" | "other" | null;
  /** date of birth */
  birthDate?: string | null;
  /** yuan per month */
  monthlyIncome?: string | null;
  /** property within the limit */
  assetsWithinLimit?: boolean | null;
  /** what an office has decided about this person */
  standing?:
    | "destitute-support"
    | "minimum-living-allowance"
    | "borderline-household"
    | "essential-expense-hardship"
    | "low-income"
    | "covered-individually"
    | "none"
    | null;
  /** present, missing … */
  state?: "present" | "missing" | "imprisoned" | "without-capacity" | "died" | null;
  /** consents to being checked */
  consent?: boolean | null;
}

export interface ObligorDisability {
  /** kind */
  kind?: "vision" | "hearing" | "speech" | "limb" | "intellectual" | "mental" | null;
  /** grade */
  grade?: number | null;
}

/** The meals of a household and what they cost whom. */
export interface MealBill {
  /** Version of this form. */
  schemaVersion: number;
  /** Version of the engine. */
  engine: string;
  /** The tables used, layer by layer. */
  packs: PackUsed[];
  /** Each meal, in the order of the household's bills. */
  meals: MealLine[];
  /** What each person's meals come to. */
  people: MealSum[];
  /** Facts that can still change something about a meal. */
  needs: Need[];
}

/** One meal. */
export interface MealLine {
  /** Path of the bill, such as `bills/0`. */
  bill: string;
  /** Who eats. */
  member: string | null;
  /** On which day. */
  date: Day | null;
  /** Which meal. */
  meal: "breakfast" | "lunch" | "dinner" | null;
  /** The list price, yuan. */
  listPrice: Span;
  /** What the person pays. */
  pays: Span;
  /** What others pay of the price. */
  rest: Share[];
  /** What others pay beside the price: for bringing the meal, or to the meal point for running. */
  beside: Share[];
  /** Each discount with its reasons. */
  benefits: Entry[];
}

/** What the meals of one person come to. */
export interface MealSum {
  /** Who eats. */
  member: string | null;
  /** How many meals. */
  meals: number;
  /** The list price, yuan. */
  listPrice: Span;
  /** What the person pays. */
  pays: Span;
  /** What others pay of the price. */
  rest: Share[];
  /** What others pay beside the price: for bringing the meal, or to the meal point for running. */
  beside: Share[];
}

/** What one payer pays by one benefit. */
export interface Share {
  /** Who pays; `null` where the tables do not say. */
  payer: "province" | "city" | "district" | "street" | "operator" | null;
  /** Id of the benefit. */
  benefit: string;
  /** Yuan. */
  amount: Span;
}

/** Yuan, exactly or within limits. */
export interface Span {
  /** The amount, if it is known exactly. */
  value: Yuan | null;
  /** Least, yuan. */
  min: Yuan;
  /** Most, yuan; `null` if no limit is known. */
  max: Yuan | null;
}

/** A packet, and what identifies it. */
export interface Packet {
  /** Its id: the SHA-256 of its content. */
  id: string;
  /** The SM3 of its content. */
  sm3: string;
  /** The packet itself: canonical JSON. */
  packet: string;
}

/** Month by month what is due to a household, and what is paid when. */
export interface Schedule {
  /** Version of this form. */
  schemaVersion: number;
  /** Version of the engine. */
  engine: string;
  /** The tables used, layer by layer. */
  packs: PackUsed[];
  /** First month. */
  from: Month;
  /** Last month. */
  to: Month;
  /** Notices made public after this day were left aside. */
  knownOn: Day | null;
  /** One for each benefit and person. */
  lines: Line[];
  /** What is paid in which month, where the day of the decision is known or a raise reaches back. */
  payments: Payment[];
  /** Cash of all months together. */
  total: Total;
  /** Paths of dates that were absent and taken for granted. */
  assumed: string[];
  /** Rules of time for which no text of the area was found, so that the usual one was taken. */
  conventions: string[];
}

/** Why a month is as it is. */
export interface Because {
  /** Stable code. */
  code: string;
  /** Where the rule is written. */
  clause?: Clause;
  /** The fact it comes from. */
  path?: string;
}

/** An amount that is not one of a month, and the months in which it is due. */
export interface Besides {
  /** How much, and for which period. */
  amount: Amount;
  /** First month of a run in which the person is entitled to it. */
  from: Month;
  /** Last month of the run. */
  to: Month;
}

/** Whether a month is due. */
export type Due =
  /** It is. */
  | "due"
  /** It is not. */
  | "notDue"
  /** The office may pay it. */
  | "discretionary"
  /** Facts are missing. */
  | "undetermined"
  /** No number is in force that we know. */
  | "noTable";

/** One benefit of one person, month by month. */
export interface Line {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** What it gives. */
  gives: "cash" | "discount" | "voucher" | "hours" | "in-kind" | "status";
  /** The months in their order. */
  months: MonthDue[];
  /** All months together. */
  total: Total;
  /** What is not told by the month, such as an amount once a year; in no total, for no text says in which month it is paid. */
  besides?: Besides[];
}

/** One month of one benefit. */
export interface MonthDue {
  /** The month. */
  month: Month;
  /** Whether it is due. */
  state: Due;
  /** The area whose tables decide, which decides and pays. */
  area: AreaCode | null;
  /** What is due, as far as it is known; absent where nothing is. */
  amount: Amount | null;
  /** Why it is as it is, where it is not simply the amount of the tables. */
  because: Because[];
  /** The table rows it rests on, where they are not those of the month before. */
  rows: CellUsed[];
  /** Paths of the facts that keep it open. */
  needs: string[];
  /** What the tables lack. */
  missing: MissingCell[];
  /** When it is paid out, where that is not in the month itself. */
  paidOut?: PaidOut;
  /** A raise that was made public or paid only later, and what it adds to what was first paid. */
  raise?: Raise;
}

/** When a month is paid out: in advance, or together with the other months of its quarter (按季发放). */
export interface PaidOut {
  /** Not before this month. */
  earliest: Month;
  /** Not after this month; the same where the text names it. */
  latest: Month;
  /** Where the rule is written. */
  clause?: Clause;
}

/** What is paid in a month. */
export interface Payment {
  /** The month of the payment; the last one that it can be, for parts that say from when. */
  month: Month;
  /** At least. */
  min: Yuan;
  /** At most; `null` if no limit is known. */
  max: Yuan | null;
  /** What it is for. */
  parts: PaymentPart[];
}

/** What a part of a payment is for. */
export interface PaymentPart {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** The month it is for. */
  forMonth: Month;
  /** The month itself, a month before the decision, or what a raise adds to a month already paid. */
  kind: "month" | "arrears" | "raise";
  /** At least. */
  min: Yuan;
  /** At most; `null` if no limit is known. */
  max: Yuan | null;
  /** From which month on it can be paid, where the text names only the quarter. */
  earliest?: Month;
}

/** What a raise that reaches back adds to a month already paid (补发差额). */
export interface Raise {
  /** What was due by what had been made public by the end of the month. */
  firstPaid: Amount;
  /** What is owed besides, at least. */
  differenceMin: Yuan;
  /** At most; `null` if no limit is known. */
  differenceMax: Yuan | null;
  /** The month in which it could first be paid. */
  settledIn: Month;
}

/** How every answer runs along one fact. */
export interface Sweep {
  /** Version of this form. */
  schemaVersion: number;
  /** Version of the engine. */
  engine: string;
  /** The day decided for; where days are swept, the first of them. */
  date: Day;
  /** The path of the fact, or `date`. */
  along: string;
  /** First value. */
  from: Written;
  /** Last value. */
  until: Written;
  /** One entry for each benefit and person (or bill). */
  benefits: Swept[];
  /** The cash of every month of all that may be drawn together. */
  cashPerMonth: Piece[];
}

/** The least and the most. */
export interface Ends {
  /** Least, yuan. */
  min: Yuan;
  /** Most, yuan; `null` if no limit is known. */
  max: Yuan | null;
}

/** Where one piece ends and the next begins. */
export interface Knot {
  /** The last value of the piece before. */
  before: Written;
  /** The first value of the piece after. */
  after: Written;
  /** What changes: `amount` (it jumps, or runs on differently), `outcome`, `reasons`. */
  changes: string[];
  /** Conditions that hold on one side only, or are open on one side only. */
  reasons: string[];
  /** Named steps that run on differently. */
  steps: string[];
  /** The table rows that the comparison rests on. */
  cells: CellUsed[];
  /** What it comes to after, less what it came to before, if both are exact; negative for a cliff. */
  jump?: Yuan;
}

/** A stretch of values of the fact. */
export interface Piece {
  /** First value of the fact. */
  from: Written;
  /** Last value of the fact. */
  until: Written;
  /** What it comes to at the first value; absent for a mere status. */
  first?: Ends;
  /** What it comes to at the last value; between them it runs evenly, up to rounding. */
  last?: Ends;
  /** The answer; absent for sums. */
  outcome?: Outcome;
}

/** How one answer runs. */
export interface Swept {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** Path of the bill, such as `bills/0`. */
  bill: string | null;
  /** The area whose tables decide. */
  area: AreaCode;
  /** For what it is paid. */
  per: string;
  /** Stretches over which nothing but the amount changes, and that along one line. */
  pieces: Piece[];
  /** What happens between one piece and the next. */
  knots: Knot[];
}

/** A mistake in a table, the documents register or a pack. */
export interface TableError {
  /** Stable code, such as `overlapping-rows`. */
  code: string;
  /** File name, relative to the tables' folder. */
  file: string;
  /** Line in the file, from 1; 0 for the whole file. */
  line: number;
  /** Field, such as `from`. */
  field: string;
  /** What was there, shortened. */
  got: string;
  /** What would have been accepted. */
  expected: string;
  /** Row number, from 1 and counted from the top. */
  row?: number;
}

/** What changes by itself between two months. */
export interface Timeline {
  /** Version of this form. */
  schemaVersion: number;
  /** Version of the engine. */
  engine: string;
  /** The tables used, layer by layer. */
  packs: PackUsed[];
  /** First month. */
  from: Month;
  /** Last month. */
  to: Month;
  /** Notices made public after this day were left aside. */
  knownOn: Day | null;
  /** How every benefit stands on the first day. */
  start: Stand[];
  /** The changes in the order of their days. */
  changes: Change[];
  /** Paths of dates that were absent and taken for granted. */
  assumed: string[];
}

/** A benefit that stands otherwise from a day on. */
export interface Change {
  /** The first day on which it stands otherwise. */
  day: Day;
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** How it stood before; `null` where it was not decided at all. */
  before: StandState | null;
  /** How it stands from then on; `null` where it is not decided any more. */
  after: StandState | null;
  /** What happens on that day. */
  causes: ChangeCause[];
}

/** What happens on a day. */
export interface ChangeCause {
  /** Stable code. */
  code:
    | "age-reached"
    | "date-reached"
    | "law-changes"
    | "month-begins"
    | "row-begins"
    | "row-certain"
    | "row-ends"
    | "row-missing"
    | "row-uncertain"
    | "stopped";
  /** The member who reaches an age. */
  member?: string;
  /** What the tables lack from then on. */
  missing?: MissingCell;
  /** The fact whose day it is. */
  path?: string;
  /** Why payment stops, by a code of the schedule: `died`, `card-lapsed` … */
  reason?: string;
  /** The row of a table that begins or ends to count, or of which that becomes certain or uncertain. */
  row?: CellUsed;
  /** The age, in completed years. */
  years?: number;
}

/** One benefit of one person and how it stands. */
export interface Stand {
  /** Id of the benefit. */
  benefit: string;
  /** Id of the member; `null` for a household benefit. */
  member: string | null;
  /** How it stands. */
  state: StandState;
}

/** How a benefit stands. */
export interface StandState {
  /** The answer. */
  outcome: Outcome;
  /** Whether the person qualifies. */
  qualifies: boolean | null;
  /** The amount. */
  amount: Amount | null;
  /** The area that decides. */
  area: AreaCode | null;
  /** Why it is not paid although the conditions are met: a certificate that has lapsed, say. */
  stopped: Because | null;
  /** Amounts besides. */
  extras?: Amount[];
}

/** What came of taking a packet up. */
export interface Verification {
  /** The packet's id, if it can be read at all. */
  id: string | null;
  /** Nothing is wrong with the packet; that the answer is the same is told apart from that. */
  accepted: boolean;
  /** Everything wrong with it. */
  problems: Problem[];
  /** Whether the tables loaded are those it was decided with. */
  sameTables: boolean | null;
  /** What deciding it again gave. */
  replay: Replay;
  /** Where the new answer is another. */
  differences: Difference[];
}

/** One part of an answer that comes out otherwise. */
export interface Difference {
  /** Id of the benefit. */
  benefit: string;
  /** The letter of the member in the packet; `null` for a household benefit. */
  member: string | null;
  /** What differs: `amount`, `outcome`, `firstMonth`, a condition as `reasons/<code>` … */
  part: string;
  /** As the packet has it, written as JSON; `null` where it has nothing. */
  packet: string | null;
  /** As it comes out now. */
  now: string | null;
}

/** Why a packet is refused. */
export interface Problem {
  /** Stable code. */
  code:
    | "packet-altered"
    | "packet-expired"
    | "packet-household-refused"
    | "packet-not-canonical"
    | "packet-not-yet-valid"
    | "packet-other-audience"
    | "packet-other-tables"
    | "packet-replayed"
    | "packet-unreadable"
    | "packet-unsigned"
    | "packet-other-version";
  /** Which part of it. */
  part: string;
}

/** What deciding a packet again gave. */
export type Replay =
  /** The same answers and reasons. */
  | "identical"
  /** Others. */
  | "different"
  /** It was not decided again. */
  | "notReplayed";
