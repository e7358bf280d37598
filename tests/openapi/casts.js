// Prints each cast in a TypeScript file: `x as T`, `<T>x`, `x!`, and `any`, which is a cast to everything.
import { readFileSync } from "node:fs";
import ts from "typescript";

const { AnyKeyword, AsExpression, NonNullExpression, TypeAssertionExpression } = ts.SyntaxKind;
const casts = new Set([AnyKeyword, AsExpression, NonNullExpression, TypeAssertionExpression]);

const [, , file] = process.argv;
const source = ts.createSourceFile(file, readFileSync(file, "utf-8"), ts.ScriptTarget.Latest);
const visit = (node) => {
  if (casts.has(node.kind)) console.log(node.getText(source));
  ts.forEachChild(node, visit);
};
visit(source);
