using MmoOrleans.Protocol;

namespace MmoOrleans.Bots.Wire;

/// <summary>Tells what only the bot wants to hear from what its client must hear. Lines are heard in place as well; see <see cref="Heard"/>.</summary>
internal sealed class WireEar(IWireListener listener)
{
    private static readonly uint FrameTag = ProtoReader.BytesTag(ServerMessage.FrameFieldNumber);
    private static readonly uint EventsTag = ProtoReader.BytesTag(ServerMessage.EventsFieldNumber);
    private static readonly uint EventTag = ProtoReader.BytesTag(MapEvents.EventsFieldNumber);
    private static readonly uint NumberTag = ProtoReader.VarintTag(MapEvent.NumberFieldNumber);
    private static readonly uint SaidTag = ProtoReader.BytesTag(MapEvent.SaidFieldNumber);
    private static readonly uint TextTag = ProtoReader.BytesTag(Said.TextFieldNumber);

    /// <summary>Hears a message and answers for whom it is.</summary>
    public Heard Hear(ReadOnlySpan<byte> message)
    {
        listener.OnReceived(message.Length);
        if (message.IsEmpty) return Heard.ForClient;
        var reader = new ProtoReader(message);
        var tag = reader.Tag();
        if (tag == EventsTag) return HearEvents(reader.Bytes()) ? Heard.LinesOnly : Heard.ForClient;
        if (tag != FrameTag) return Heard.ForClient;
        listener.OnFrame(reader.Bytes());
        return Heard.ForBotOnly;
    }

    // Lines are counted before the client drops those it has heard already, so that a server that repeats itself is found out.
    private bool HearEvents(ReadOnlySpan<byte> events)
    {
        var isLinesOnly = true;
        for (var reader = new ProtoReader(events); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == EventTag) isLinesOnly &= HearEvent(reader.Bytes());
            else reader.Skip(tag);
        }

        return isLinesOnly;
    }

    private bool HearEvent(ReadOnlySpan<byte> happening)
    {
        var isLine = true;
        for (var reader = new ProtoReader(happening); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == SaidTag) HearSaid(reader.Bytes());
            else
            {
                isLine &= tag == NumberTag;
                reader.Skip(tag);
            }
        }

        return isLine;
    }

    private void HearSaid(ReadOnlySpan<byte> said)
    {
        for (var reader = new ProtoReader(said); !reader.IsAtEnd;)
        {
            var tag = reader.Tag();
            if (tag == TextTag) listener.OnSaid(reader.Bytes());
            else reader.Skip(tag);
        }
    }
}

/// <summary>For whom a message is.</summary>
internal enum Heard
{
    /// <summary>The client needs it.</summary>
    ForClient,

    /// <summary>The client would only draw it.</summary>
    ForBotOnly,

    /// <summary>Lines of chat and nothing else: of these the client needs the last one before anything else, to know how far it has heard when it enters the next map.</summary>
    LinesOnly,
}
