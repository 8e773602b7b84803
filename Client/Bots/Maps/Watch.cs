namespace MmoOrleans.Bots.Maps;

/// <summary>A move of somebody in view, sampled: how long until it is seen?</summary>
/// <param name="Mover">Whose move, in frames.</param>
/// <param name="Input">Its number.</param>
/// <param name="Moves">All moves of that bot.</param>
/// <param name="SentAt">When it left.</param>
internal readonly record struct Watch(uint Mover, uint Input, MoveRing Moves, TimeSpan SentAt);
