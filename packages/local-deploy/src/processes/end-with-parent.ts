// Preloaded into each container's process: its channel to the process that started it closes even when that one is killed.
process.once("disconnect", () => process.exit());
