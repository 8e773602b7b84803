using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Characters;

namespace MmoOrleans.Grains.Tests.Characters;

/// <summary>Maps that hold seats and avatars as real ones do, or refuse, or never answer, as the test wants.</summary>
internal sealed class FakeMaps : IMapCalls
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MapId, Refusal> _refusals = [];
    private readonly HashSet<MapId> _silent = [];
    private readonly Dictionary<(MapId Map, CharacterId Character), CharacterImage> _avatars = [];
    private readonly List<(MapId Map, Fence Below, Refusal Why)> _evictions = [];
    private readonly List<MapId> _reservations = [];

    internal static MapAddress Address { get; } = new([new ClientEndpoint(EndpointTransport.Tcp, "127.0.0.1", 7000, Secure: false)]);

    internal ImmutableArray<(MapId Map, Fence Below, Refusal Why)> Evictions
    {
        get { lock (_lock) return [.. _evictions]; }
    }

    internal ImmutableArray<MapId> Reservations
    {
        get { lock (_lock) return [.. _reservations]; }
    }

    internal DateTimeOffset? Muted { get; private set; }

    internal void Refuse(MapId map, RefusalCode code)
    {
        lock (_lock) _refusals[map] = Refusal.For(code);
    }

    internal void Open(MapId map)
    {
        lock (_lock)
        {
            _refusals.Remove(map);
            _silent.Remove(map);
        }
    }

    internal void Silence(MapId map)
    {
        lock (_lock) _silent.Add(map);
    }

    /// <summary>The map plays what was admitted to it, and knows it as it was at this tick.</summary>
    internal CharacterImage Play(Admission admission, long tick, Pose? pose = null)
    {
        var image = admission.Image with { Stamp = new Stamp(admission.Owner, new Fence(1, 0), tick), Pose = pose ?? admission.Image.Pose, Map = admission.Map };
        lock (_lock) _avatars[(admission.Map, admission.Character)] = image;
        return image;
    }

    internal bool Plays(MapId map, CharacterId character)
    {
        lock (_lock) return _avatars.ContainsKey((map, character));
    }

    public Task<Answer<MapAddress>> Reserve(MapId map, CharacterId character, TimeSpan lease)
    {
        lock (_lock)
        {
            _reservations.Add(map);
            if (_silent.Contains(map)) return Never<Answer<MapAddress>>();
            return Task.FromResult(_refusals.TryGetValue(map, out var why) ? Answer.Refuse<MapAddress>(why) : Answer.Of(Address));
        }
    }

    public Task<CharacterImageOnMap?> Evict(MapId map, CharacterId character, Fence below, Refusal why)
    {
        lock (_lock)
        {
            _evictions.Add((map, below, why));
            if (_silent.Contains(map)) return Never<CharacterImageOnMap?>();
            if (!_avatars.TryGetValue((map, character), out var image) || image.Stamp.Owner >= below) return Task.FromResult<CharacterImageOnMap?>(null);
            _avatars.Remove((map, character));
            return Task.FromResult<CharacterImageOnMap?>(new CharacterImageOnMap(image, WasPresent: true));
        }
    }

    public Task Mute(MapId map, CharacterId character, DateTimeOffset until)
    {
        Muted = until;
        return Task.CompletedTask;
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
