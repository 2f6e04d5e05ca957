export { Keyring } from './keyring.ts';
export { developmentSignIn, type Issue, type Signed, type SignIn, type Tickets } from './signed.ts';
export { tokenSignIn, type Audience, type TokenSignIn } from './tokens.ts';
