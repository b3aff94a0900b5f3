// Reading aloud, where the browser has a voice for the language. It stays on the device: only local voices are used.

export const canSpeak = () => typeof speechSynthesis === "object" && typeof SpeechSynthesisUtterance === "function";

export function speak(text, language) {
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language;
  said.rate = 0.9;
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.replace("_", "-").startsWith(language.slice(0, 2)));
  if (voices.length > 0) [said.voice] = voices;
  speechSynthesis.speak(said);
}
