/** More than a busy installation sends within the three days for which GitHub redelivers by hand. */
const REMEMBERED = 20_000;

/** Which deliveries were taken, so that one that comes again is not worked on twice; one that failed may be. */
export class DeliveryLog {
  readonly #open = new Set<string>();
  readonly #done = new Set<string>();

  /** False when the delivery is being worked on or was worked on. */
  begin(deliveryId: string): boolean {
    if (this.#open.has(deliveryId) || this.#done.has(deliveryId)) return false;
    this.#open.add(deliveryId);
    return true;
  }

  failed(deliveryId: string): void {
    this.#open.delete(deliveryId);
  }

  done(deliveryId: string): void {
    this.#open.delete(deliveryId);
    this.#done.add(deliveryId);
    const [oldest] = this.#done;
    if (this.#done.size > REMEMBERED && oldest !== undefined) this.#done.delete(oldest);
  }
}
