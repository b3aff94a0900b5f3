// Until these are generated from the schemas.
export type Household = object;
export interface Decision { schemaVersion: number; date: string; benefits: object[] }
export type Description = object;
export interface FactError { code: string; path: string }
export interface TableError { code: string }
