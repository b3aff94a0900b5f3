// The few helpers of both desks: words in two languages, names of places, and the engine with the packs that a case needs.

import { createEngine } from "/pkg/index.js";

export { h } from "../dom.js";

const catalogues = new Map();
let language = "zh-CN";

/** Loads the sentences of a language once and makes them the current ones. */
export async function useLanguage(wanted) {
  if (!catalogues.has(wanted)) catalogues.set(wanted, new Map(Object.entries(await (await fetch(`/messages/${wanted}.json`)).json())));
  language = wanted;
  document.documentElement.lang = wanted;
}

export const currentLanguage = () => language;
const has = (code) => catalogues.get(language)?.has(code) ?? false;

/** The sentence for a code; one without a sentence shows as itself, so that it is noticed. */
export function t(code, parameters = {}) {
  const sentence = catalogues.get(language)?.get(code) ?? code;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}

/** The first of these codes that has a sentence. */
export const firstOf = (codes, parameters) => t(codes.find(has) ?? codes[0], parameters);

/** Why a condition holds or not; without its numbers where one of them is not known. */
export function reasonText({ code, holds, measured, limit, margin }) {
  const state = holds === true ? "holds" : holds === false ? "fails" : "unknown";
  const general = code.startsWith("not-excluded-") ? `reason.not-excluded.${state}` : `reason.other.${state}`;
  const own = [`reason.${code}.${state}`, general].find(has) ?? general;
  const sentence = t(own, { measured, limit, margin: margin?.replace(/^-/, "") });
  return /\{\w+\}/.test(sentence) && has(`${own}.plain`) ? t(`${own}.plain`) : sentence;
}

const engines = new Map();
let places = new Map();

/** Loads the list of all places: their names, and which pack each is in. */
export async function loadPlaces() {
  const { areas } = await (await fetch("/packs/index.json")).json();
  places = new Map(areas.map((place) => [place.area, place]));
}

/** “重庆市渝中区（500103）”: a place with all it lies in; a code that is none stays as it is. */
export function placeName(code) {
  const place = places.get(code);
  return place ? `${[...place.names].reverse().join("")}（${code}）` : code ?? "";
}

/** An engine with the packs of all areas that a case names; fetched once. */
export async function engineFor(areas) {
  const files = [...new Set(areas.map((code) => places.get(code)?.file).filter(Boolean))].sort();
  // What cannot be read names no place; the engine says so with any tables.
  if (files.length === 0) files.push("000000.json");
  const key = files.join(" ");
  if (!engines.has(key)) engines.set(key, createEngine({ packs: files.map((file) => `/packs/${file}`) }));
  return engines.get(key);
}

/** Every area code that a household names. */
export function areasIn(value, name = "") {
  if (typeof value === "string") return /area$/i.test(name) ? [value] : [];
  return value === null || typeof value !== "object" ? [] : Object.entries(value).flatMap(([key, inner]) => areasIn(inner, key));
}
