namespace MmoOrleans.Bots.Wire;

/// <summary>What a <see cref="LeanSocket"/> tells, from the one thread that reads.</summary>
internal interface ILeanListener
{
    /// <summary>A message came. The bytes are valid during the call only.</summary>
    void OnMessage(ReadOnlySpan<byte> message);

    /// <summary>Nothing more will come; bytes that are no message end a connection too.</summary>
    void OnEnd(bool isMalformed);
}
