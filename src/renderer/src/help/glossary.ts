/** The rows of docs/glossary.md, taken in when the window is built. */
import { readGlossary } from '@shared/glossary/read-glossary'
import text from '../../../../docs/glossary.md?raw'

export const GLOSSARY = readGlossary(text)
