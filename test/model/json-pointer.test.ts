import { expect, it } from "vitest";
import { valueAt } from "../../src/model/json-pointer.ts";

const data = { total: "12.00", vendor: { name: "A" }, line_items: [{ amount: "5.00" }], "a/b~c": 1 };

it.each([
  ["", data],
  ["/total", "12.00"],
  ["/vendor/name", "A"],
  ["/line_items/0/amount", "5.00"],
  ["/a~1b~0c", 1],
  ["/line_items/1/amount", undefined],
  ["/total/0/x", undefined],
  ["/constructor", undefined],
])("the value at %j", (pointer, value) => {
  expect(valueAt(data, pointer)).toEqual(value);
});
