/** Components as plain TypeScript sees them, lint among its users; vue-tsc reads the files themselves. */
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}
