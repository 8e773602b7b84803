namespace MmoOrleans.Grains.Storage;

/// <summary>A stored row that this program cannot or must not read, or a record it must not write. The row is left as it is.</summary>
[GenerateSerializer, Alias("mmo.UnreadableRecordException")]
public sealed class UnreadableRecordException(string message, Exception? inner = null) : Exception(message, inner);
