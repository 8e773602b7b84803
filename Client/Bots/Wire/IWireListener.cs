namespace MmoOrleans.Bots.Wire;

/// <summary>What a bot hears from its <see cref="WireEar"/>. Frames and lines of one bot come one after the other.</summary>
internal interface IWireListener
{
    /// <summary>Any message arrived, this long.</summary>
    void OnReceived(int bytes);

    /// <summary>A map frame. The bytes are valid during the call only.</summary>
    void OnFrame(ReadOnlySpan<byte> frame);

    /// <summary>Somebody said this. The bytes are valid during the call only.</summary>
    void OnSaid(ReadOnlySpan<byte> text);
}
