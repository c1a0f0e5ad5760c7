// The tests run under Node, the scripts in a browser: Node's global types stay out.
declare module "node:*";
