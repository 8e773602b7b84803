using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>Decides which stream events reach a map. Streams may lose events; a test makes them do so on purpose.</summary>
public interface IChatStreamFilter
{
    bool LetsThrough(MapId map, ChatPublished published);
}

/// <summary>Loses nothing.</summary>
internal sealed class NoChatStreamFilter : IChatStreamFilter
{
    public bool LetsThrough(MapId map, ChatPublished published) => true;
}
