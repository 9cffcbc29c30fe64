import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    rules: {
      "no-undef": "off", // TypeScript looks, which knows what a browser has
      "no-unused-vars": ["error", { varsIgnorePattern: "^_$" }],
    },
  },
];
