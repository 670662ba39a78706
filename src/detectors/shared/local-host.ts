/** Ends of names that only a local network, a cluster or nobody gives out. */
const LOCAL_ENDS =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|invalid|svc|consul|docker|k8s|home\.arpa)$/;

/** Loopback, private, link-local and unspecified addresses. */
const LOCAL_ADDRESS =
  /^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|100\.100\.100\.200|\[.*\])$/;

/** Whether a host is this machine or one of a network that outsiders are not in: by its address, its end, or a name without a dot. */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase();
  return !name.includes(".") || LOCAL_ENDS.test(name) || LOCAL_ADDRESS.test(name);
}
