/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The server's address, such as https://party.example; without it, the page's own. */
  readonly VITE_SOCKET_URL?: string;
}
