export * from "@kindling/node";
