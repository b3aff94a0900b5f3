// Packets to make natively, in Node and in the page: of every scenario in which somebody asks for a disability subsidy.

import { scenarios } from "./compare.mjs";

const benefits = ["disability-living-subsidy", "disability-nursing-subsidy"];
const link = "5f2b51ca2fdc5baa31ec02e002f69aec59e0e1b8a8f0c1e3a7b6d5c4f3e2d1c0";

export const packetCases = scenarios
  .filter(({ household, expect }) => household?.application?.appliedOn && expect.benefits?.some(({ benefit }) => benefits.includes(benefit)))
  .map(({ file, date, household }) => ({
    file,
    household: { ...household, application: { ...household.application, completeOn: household.application.appliedOn } },
    options: { date, benefits, link, validUntil: "2099-12-31" },
  }));
