using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>
/// When and what a map stores of itself: where everybody stands, those who have left and are not saved yet, those of the last
/// checkpoint who have not come back, and what its systems keep. Every two seconds while there is anybody, and once more when the
/// last one has gone, so that a later start does not bring back old places.
/// </summary>
internal sealed class Checkpoints(Scene scene, MapSystems systems, ILogger log)
{
    private DateTimeOffset _next;
    private bool _isSomebodyStored;
    private MapCheckpoint? _stored;

    /// <summary>Whether the stored checkpoint names nobody who could be forgotten.</summary>
    public bool IsSettled => !_isSomebodyStored && scene.Players.Count == 0;

    /// <summary>The tick of the last checkpoint that was stored; null: none yet.</summary>
    public long? StoredTick => _stored?.Tick;

    /// <summary>Takes each half that can be read, the players' first: neither may cost the other, nor the map.</summary>
    public void Load(MapCheckpoint checkpoint)
    {
        LoadPositions(checkpoint);
        LoadSystems(checkpoint);
    }

    /// <summary>The next checkpoint, when it is time for one.</summary>
    public MapCheckpoint? Due()
    {
        if (scene.Now < _next || IsSettled)
            return null;
        _next = scene.Now + scene.Options.CheckpointEvery;
        return Take();
    }

    /// <summary>The state of the map as it is now.</summary>
    public MapCheckpoint Take() => new(scene.Tick, CheckpointCodec.Pack(Entries()), SystemStates.Pack(systems.Save()));

    /// <summary>A checkpoint was stored: whether it named anybody.</summary>
    public void Stored(MapCheckpoint checkpoint) => (_isSomebodyStored, _stored) = (checkpoint.Positions.Length > 1, checkpoint);

    /// <summary>Whether this one is stored, and no other after it.</summary>
    public bool IsStored(MapCheckpoint? checkpoint) => checkpoint is not null && ReferenceEquals(checkpoint, _stored);

    private void LoadPositions(MapCheckpoint checkpoint)
    {
        try
        {
            scene.Carried.Load(CheckpointCodec.Unpack(checkpoint.Positions));
        }
        catch (FormatException unreadable)
        {
            // The characters' own records remain: they lose where they were since those were saved, and the map opens.
            MapLog.CheckpointUnreadable(log, unreadable, scene.Id);
        }
        _isSomebodyStored = scene.Carried.Count > 0;
    }

    private void LoadSystems(MapCheckpoint checkpoint)
    {
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> states = new Dictionary<string, ReadOnlyMemory<byte>>();
        try
        {
            states = SystemStates.Unpack(checkpoint.Systems);
        }
        catch (FormatException unreadable)
        {
            MapLog.SystemStatesUnreadable(log, unreadable, scene.Id);
        }
        systems.Load(states);
    }

    /// <summary>
    /// Of each character the newest entry. Players are not collected in a table first: of thousands it would be large, and garbage every
    /// two seconds.
    /// </summary>
    private IEnumerable<CheckpointEntry> Entries() =>
        Absent().Concat(scene.Players.All.Select(player => new CheckpointEntry(player.Character, new Stamp(player.Owner, scene.Fence, scene.Tick), player.Spot, player.Heading)));

    private IEnumerable<CheckpointEntry> Absent()
    {
        var entries = scene.Carried.All.ToDictionary(entry => entry.Character);
        foreach (var image in scene.Saves.Images)
            if (CheckpointEntry.Of(image) is { } entry && !(entries.TryGetValue(entry.Character, out var carried) && carried.Stamp > entry.Stamp))
                entries[entry.Character] = entry;
        return entries.Values.Where(entry => scene.Players.Find(entry.Character) is null);
    }
}
