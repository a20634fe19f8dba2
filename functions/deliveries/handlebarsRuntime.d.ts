/** The package's own types name the module without the ending that Node asks for. */
declare module 'handlebars/runtime.js' {
  import Handlebars = require('handlebars');
  export = Handlebars;
}
