/** Where pages find each other: the server and the static build lay them out differently. */
export interface PageLinks {
  readonly list: string;
  rule(id: string): string;
  asset(name: string): string;
  /** Absent where no engine answers. */
  readonly playground?: string;
}

/** As the server has them. */
export const SERVER_LINKS: PageLinks = {
  list: "/rules",
  rule: (id) => `/rules/${id}`,
  asset: (name) => `/assets/${name}`,
  playground: "/playground",
};

/** As one folder of files has them, wherever it is put, a disk included. */
export const FOLDER_LINKS: PageLinks = {
  list: "index.html",
  rule: (id) => `${id}.html`,
  asset: (name) => name,
};
