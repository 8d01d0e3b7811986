import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { DocumentId } from "../../model/ids.ts";
import { similarityOf } from "../../model/sketch.ts";
import type { History, HistoryQuery } from "../../ports.ts";
import { runBatch } from "./batch.ts";

/** Most documents that a verdict names. */
const NAMED = 5;
/** A vendor's latest totals that one is compared with. */
const TOTALS = 30;
/** Newest documents that are looked at for each band: issuers of many alike papers fill a band. */
const BAND_DOCUMENTS = 24;
/** Least share of numbers and words that two papers of the same content have in common, however they were read. */
const ALIKE = 0.8;

/** Neither the document itself nor anything of the same upload; nothing that is there to measure by. */
function others({ document, root }: HistoryQuery): SQL {
  return sql`d.id <> ${document} AND d.id <> ${root} AND coalesce(d.root_id, '') <> ${root} AND d.page_only = 0`;
}

/** Documents of the same vendor, number and total. */
export function duplicatesStatement(query: HistoryQuery): SQL {
  const { tenant, summary } = query;
  return sql`SELECT d.id AS id FROM documents AS d INDEXED BY documents_invoice_number
    WHERE d.tenant_id = ${tenant} AND d.invoice_number = ${summary.invoiceNumber}
      AND d.vendor_key = ${summary.vendorKey} AND d.total_minor = ${summary.totalMinor}
      AND d.currency IS ${summary.currency} AND d.type = ${summary.type} AND ${others(query)}
    ORDER BY d.created_ms, d.id LIMIT ${NAMED}`;
}

/** The vendor's latest totals in the same currency. */
export function totalsStatement(query: HistoryQuery): SQL {
  const { tenant, summary } = query;
  return sql`SELECT d.total_minor AS total FROM documents AS d INDEXED BY documents_vendor
    WHERE d.tenant_id = ${tenant} AND d.vendor_key = ${summary.vendorKey}
      AND d.total_minor IS NOT NULL AND d.currency IS ${summary.currency} AND d.type = ${summary.type}
      AND ${others(query)}
    ORDER BY d.created_ms DESC, d.id DESC LIMIT ${TOTALS}`;
}

/** D1 takes at most five terms in a compound SELECT. */
const BANDS_AT_ONCE = 4;

/** Documents that share a band of the sketch, the newest of each: some bands a statement. */
export function similarStatements(query: HistoryQuery): SQL[] {
  const all = query.sketch?.bands ?? [];
  const parts: SQL[] = [];
  for (let at = 0; at < all.length; at += BANDS_AT_ONCE)
    parts.push(similarStatement(query, all.slice(at, at + BANDS_AT_ONCE)));
  return parts;
}

function similarStatement(query: HistoryQuery, some: readonly number[]): SQL {
  const { tenant } = query;
  const bands = some.map(
    (band) => sql`SELECT document_id FROM (
      SELECT document_id FROM document_sketches WHERE tenant_id = ${tenant} AND band = ${band}
      ORDER BY document_id DESC LIMIT ${BAND_DOCUMENTS})`,
  );
  return sql`SELECT d.id AS id, d.sketch AS sketch, d.invoice_number AS number, d.document_date AS date
    FROM (${sql.join(bands, sql` UNION `)}) AS found
    JOIN documents AS d ON d.tenant_id = ${tenant} AND d.id = found.document_id
    WHERE d.sketch IS NOT NULL AND d.type = ${query.summary.type} AND ${others(query)}`;
}

const DuplicateRow = z.object({ id: DocumentId });
const TotalRow = z.object({ total: z.number() });
const SimilarRow = z.object({
  id: DocumentId,
  sketch: z.string(),
  number: z.string().nullable(),
  date: z.string().nullable(),
});

/** Whether two papers are of two dealings: monthly bills differ in nothing but number and date. */
function isAnother({ summary }: HistoryQuery, { number, date }: z.infer<typeof SimilarRow>): boolean {
  const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
  return differs(summary.invoiceNumber, number) && differs(summary.documentDate, date);
}

function alike(query: HistoryQuery, rows: readonly unknown[]): { id: DocumentId; similarity: number }[] {
  const own = query.sketch?.hashes ?? "";
  const found = new Map(
    z
      .array(SimilarRow)
      .parse(rows)
      .map((row) => [row.id, row]),
  );
  return [...found.values()]
    .filter((row) => !isAnother(query, row))
    .map(({ id, sketch }) => ({ id, similarity: similarityOf(own, sketch) }))
    .filter(({ similarity }) => similarity >= ALIKE)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, NAMED);
}

/** The port over D1: one batch, one round trip. */
export function createHistory(database: D1Database): History {
  return {
    compare: async (query) => {
      const { vendorKey, invoiceNumber, totalMinor } = query.summary;
      const known = vendorKey !== null && invoiceNumber !== null && totalMinor !== null;
      const duplicates = known ? duplicatesStatement(query) : null;
      const totals = vendorKey !== null && totalMinor !== null ? totalsStatement(query) : null;
      const similar = similarStatements(query);
      const statements = [duplicates, totals, ...similar].filter((statement) => statement !== null);
      const answers = statements.length === 0 ? [] : await runBatch(database, statements);
      const rowsOf = (statement: SQL | null): unknown[] =>
        statement === null ? [] : (answers[statements.indexOf(statement)]?.rows ?? []);
      return {
        duplicates: known
          ? z
              .array(DuplicateRow)
              .parse(rowsOf(duplicates))
              .map(({ id }) => id)
          : null,
        similar: query.sketch ? alike(query, similar.flatMap(rowsOf)) : null,
        total: totalMinor,
        totals: z
          .array(TotalRow)
          .parse(rowsOf(totals))
          .map(({ total }) => total),
      };
    },
  };
}
