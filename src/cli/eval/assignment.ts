/**
 * The assignment of rows to columns with the largest sum of weights, each used at most once
 * (Kuhn-Munkres with potentials, O(n^3)). `weights[row][column]` are finite and not negative.
 * Gives for each row its column, or -1; pairs of weight 0 are not made.
 */
export function assign(weights: readonly (readonly number[])[]): number[] {
  const rows = weights.length;
  const columns = Math.max(0, ...weights.map((row) => row.length));
  const size = Math.max(rows, columns);
  if (size === 0) return [];
  const top = Math.max(0, ...weights.flat());
  const cost = (row: number, column: number): number => top - (weights[row]?.[column] ?? 0);
  const rowOf = solve(size, cost);
  const result = Array.from({ length: rows }, () => -1);
  rowOf.forEach((row, column) => {
    if (row < rows && (weights[row]?.[column] ?? 0) > 0) result[row] = column;
  });
  return result;
}

/** Smallest-cost perfect assignment of a square matrix: for each column its row. Index 0 stands for none inside. */
function solve(size: number, cost: (row: number, column: number) => number): number[] {
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  const previous = new Int32Array(size + 1);
  for (let row = 1; row <= size; row += 1) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(size + 1).fill(Infinity);
    const visited = new Uint8Array(size + 1);
    do {
      visited[column] = 1;
      const current = at(rowOf, column);
      let delta = Infinity;
      let nearest = 0;
      for (let next = 1; next <= size; next += 1) {
        if (visited[next] === 1) continue;
        const reduced = cost(current - 1, next - 1) - at(rowPotential, current) - at(columnPotential, next);
        if (reduced < at(slack, next)) {
          slack[next] = reduced;
          previous[next] = column;
        }
        if (at(slack, next) < delta) {
          delta = at(slack, next);
          nearest = next;
        }
      }
      for (let other = 0; other <= size; other += 1) {
        if (visited[other] === 1) {
          rowPotential[at(rowOf, other)] = at(rowPotential, at(rowOf, other)) + delta;
          columnPotential[other] = at(columnPotential, other) - delta;
        } else slack[other] = at(slack, other) - delta;
      }
      column = nearest;
    } while (at(rowOf, column) !== 0);
    while (column !== 0) {
      rowOf[column] = at(rowOf, at(previous, column));
      column = at(previous, column);
    }
  }
  return Array.from(rowOf.subarray(1), (row) => row - 1);
}

function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}
