import { createEngine } from "huisuan";
import { createApp } from "vue";

import App from "./App.vue";

const areas = ["370683", "370211", "990101"];
createEngine({ packs: areas.map((area) => fetch(`/packs/${area}.json`)) }).then((engine) => createApp(App, { engine }).mount("#app"));
