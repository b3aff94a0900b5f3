import vue from "@vitejs/plugin-vue";

export default {
  base: "./",
  plugins: [vue()],
  // In development Vite packs dependencies anew, and the engine's bytes would no longer lie beside them.
  optimizeDeps: { exclude: ["huisuan"] },
};
