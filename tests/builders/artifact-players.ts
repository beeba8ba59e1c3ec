/** Who replays a case of the artifact profile: the naive one and the one of the lab. */
import { naiveArtifactText, type ArtifactCase } from './naive-artifact-replay'

type Player = (given: ArtifactCase) => Promise<string>

export const naive: Player = async (given) => naiveArtifactText(given)

export const PLAYERS: readonly (readonly [string, Player])[] = [['naive', naive]]
