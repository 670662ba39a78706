/** `node test/kill/run.ts [ROUNDS] [SEED] [postgres]`, after `npm run build`: the long form of the kill test. */
import { startPostgres } from "../queue/postgres-server.ts";
import { killRounds } from "./rounds.ts";

const [rounds = "200", seed = String(Date.now() % 100_000), engine = "sqlite"] = process.argv.slice(2);
console.log(`${rounds} rounds on ${engine}, seed ${seed}`);
const server = engine === "postgres" ? await startPostgres() : undefined;
const tell = (round: number): void => {
  if (round % 10 === 0) console.log(`round ${round}`);
};
const { kills, reviewedHeads, problems } = await killRounds(Number(rounds), Number(seed), server?.url, tell, "built");
console.log(`${kills} kills, ${reviewedHeads} heads reviewed, ${problems.length} problems`);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
await server?.stop();
