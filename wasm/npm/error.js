// The one error this package throws on purpose. `code` is stable; `message` is for developers, not for citizens.

export class HuisuanError extends Error {
  constructor(code, message, { path = "", errors = [], cause } = {}) {
    super(message, { cause });
    this.name = "HuisuanError";
    this.code = code;
    this.path = path;
    this.errors = errors;
  }
}
