import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    rules: {
      "no-undef": "off", // TypeScript looks, which knows what a browser has
      "no-unused-vars": ["error", { varsIgnorePattern: "^_$" }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "TemplateLiteral TemplateLiteral",
          message: "A template within a template: pages lose spaces in it when made smaller.",
        },
      ],
    },
  },
];
