import { begin } from "./shared.js";

begin(() => {});
