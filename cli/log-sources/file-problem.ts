/** Why a file or folder can't be read, in one line that says how to fix it. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "no such file or folder";
    case "EACCES":
    case "EPERM":
      return "no permission to read it: give it to the user that runs this, or run this as one who may";
    case "ELOOP":
      return "its symbolic links form a loop";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open: raise the limit (ulimit -n)";
    default:
      return `it can't be read: ${message}`;
  }
}
