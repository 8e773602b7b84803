namespace MmoOrleans.Grains.Maps.Data;

/// <summary>Leaves the reader of a broken map where the defect is; <see cref="TiledReader"/> makes an answer of it.</summary>
internal sealed class TiledFormatException(string reason, int line) : Exception(line > 0 ? $"line {line}: {reason}" : reason);
