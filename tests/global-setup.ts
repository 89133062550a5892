/** Starts what the tests with a stack share. */
export async function setup(): Promise<void> {}
