import type { ReactNode } from "react";
import { Button } from "../../ui/button/Button.tsx";
import { download } from "../../ui/download/download.ts";
import { csvOf, type Table } from "../../ui/table/table.ts";
import styles from "./Chart.module.css";

interface Props {
  readonly table: Table;
  /** How a number of the table is read. */
  readonly format?: (value: number) => string;
  readonly isWide?: boolean;
  readonly legend?: ReactNode;
  readonly children: ReactNode;
}

/** A drawing of a table, with the table behind it. */
export function Chart({ table, format = String, isWide = false, legend, children }: Props) {
  const { title, columns, rows } = table;
  return (
    <figure className={styles.chart} data-wide={isWide} aria-label={title}>
      <figcaption className={styles.caption}>
        <h2>{title}</h2>
        {legend}
        <Button
          look="quiet"
          className={styles.export}
          aria-label={`${title}, as CSV`}
          onClick={() => download(`${fileNameOf(title)}.csv`, new Blob([csvOf(table)], { type: "text/csv" }))}
        >
          CSV
        </Button>
      </figcaption>
      {children}
      <details className={styles.details}>
        <summary>As a table</summary>
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...values]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, index) => (
                  <td key={columns[index + 1]}>{typeof value === "number" ? format(value) : value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function fileNameOf(title: string): string {
  return title.toLowerCase().replaceAll(/\W+/g, "-");
}
