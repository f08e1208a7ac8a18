/** What a section needs from outside. */
export interface BenchmarkContext {
  /** PostgreSQL in which the section may create what it likes. */
  connectionString: string;
  /** Tells the person at the terminal what is going on. */
  say(message: string): void;
}

/** A table of figures. The first column names the row, the others are figures. */
export interface ResultTable {
  title: string;
  columns: string[];
  rows: string[][];
  /** What must be known to read the figures, one paragraph each. */
  notes: string[];
}

/** A subject that is measured; its name chooses it on the command line. */
export interface BenchmarkSection {
  name: string;
  title: string;
  /** @throws Error where what is compared does not give the same answers. */
  run(context: BenchmarkContext): Promise<ResultTable[]>;
}
