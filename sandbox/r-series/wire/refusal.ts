const statusTexts: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** A call that the till refuses; becomes the recorded error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorClass: string;

  constructor(status: number, message: string, errorClass = 'Exception') {
    super(message);
    this.status = status;
    this.errorClass = errorClass;
  }
}

/** The name of a status, as `httpMessage` has it. */
function statusText(status: number): string {
  return statusTexts[status] ?? 'Error';
}

/** The recorded error body. @see lightspeed-r-series.md, "7. Errors" */
export function errorBody(status: number, message: string, errorClass = 'Exception'): Record<string, string> {
  return { httpCode: String(status), httpMessage: statusText(status), message, errorClass };
}
