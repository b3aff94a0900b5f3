// Turns what a page hands over into JSON text, which the engine parses inside.
//
// Only own enumerable properties of plain objects and arrays are read, each once, within fixed bounds, so that a polluted
// prototype, a cycle, a proxy or 50 MB of text reaches neither the engine nor the answer.
// A number is passed on as a number: whether it may stand for money is the engine's to say.

import { HuisuanError } from "./error.js";

const DEPTH = 32;
const VALUES = 50_000;
const LENGTH = 1_000_000;

export function toText(household) {
  if (typeof household !== "string") return new Copy().of(household);
  if (household.length > LENGTH) throw tooLarge("");
  return household;
}

class Copy {
  #text = "";
  #values = 0;
  #open = [];
  #path = [];

  of(value) {
    try {
      this.#write(value);
    } catch (cause) {
      if (cause instanceof HuisuanError) throw cause;
      throw this.#refusal("unreadable-value", "reading this value threw an error", cause);
    }
    return this.#text;
  }

  #write(value) {
    this.#values += 1;
    if (this.#values > VALUES) throw this.#refusal("too-large", `more than ${VALUES} values`);
    switch (typeof value) {
      case "string":
        return this.#string(value);
      case "boolean":
        return this.#append(value ? "true" : "false");
      case "number":
        if (Number.isFinite(value)) return this.#append(JSON.stringify(value));
        break;
      case "object":
        return value === null ? this.#append("null") : this.#nested(value);
    }
    throw this.#refusal("unsupported-value", `JSON has no place for ${nameOf(value)}`);
  }

  #nested(value) {
    if (this.#open.includes(value)) throw this.#refusal("cyclic-value", "this value contains itself");
    if (this.#open.length >= DEPTH) throw this.#refusal("too-deep", `nested deeper than ${DEPTH} levels`);
    this.#open.push(value);
    if (Array.isArray(value)) this.#array(value);
    else if (isPlain(value)) this.#object(value);
    else throw this.#refusal("unsupported-value", `expected a plain object or an array, got ${nameOf(value)}`);
    this.#open.pop();
  }

  #array(array) {
    const { length } = array;
    if (length > VALUES) throw this.#refusal("too-large", `more than ${VALUES} values`);
    this.#append("[");
    for (let index = 0; index < length; index += 1) {
      if (index > 0) this.#append(",");
      this.#path.push(index);
      this.#write(Object.hasOwn(array, index) ? array[index] : undefined);
      this.#path.pop();
    }
    this.#append("]");
  }

  #object(object) {
    let separator = "{";
    for (const key of Object.keys(object)) {
      this.#path.push(key);
      const value = object[key];
      if (value !== undefined) {
        this.#append(separator);
        this.#string(key);
        this.#append(":");
        this.#write(value);
        separator = ",";
      }
      this.#path.pop();
    }
    this.#append(separator === "{" ? "{}" : "}");
  }

  #string(value) {
    // Before it is escaped, so that an enormous string is never copied.
    if (value.length > LENGTH) throw tooLarge(this.#here());
    this.#append(JSON.stringify(value));
  }

  #append(piece) {
    this.#text += piece;
    if (this.#text.length > LENGTH) throw tooLarge(this.#here());
  }

  #here() {
    return this.#path.map((step) => String(step).slice(0, 80)).join("/");
  }

  #refusal(code, message, cause) {
    return new HuisuanError(code, message, { path: this.#here(), cause });
  }
}

const tooLarge = (path) => new HuisuanError("too-large", `longer than ${LENGTH} characters as JSON`, { path });

// Plain in this page's realm or in another's: an object literal, the result of `JSON.parse`, or one without a prototype.
function isPlain(object) {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}

function nameOf(value) {
  if (typeof value === "object") return `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}
