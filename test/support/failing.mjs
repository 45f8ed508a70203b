// Imported before the bot, by NODE_OPTIONS: has it fail when told to, as a defect of a library's would.
const token = `${'hush'.repeat(7)}.hushhush.${'hush'.repeat(8)}`;
const because = `Cannot reach wss://api.example.org/stream?token=hush with ${token}`;
process.on('SIGUSR2', () => {
  throw new Error(because);
});
process.on('SIGHUP', () => {
  void Promise.reject(new Error(because));
});
