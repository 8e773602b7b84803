using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>
/// The entries of the checkpoint that a map started from, of characters that have not come back yet. Each goes into every following
/// checkpoint until its character enters here or its record was brought up to date: the second checkpoint after a crash would
/// otherwise erase those who are slow to return. Records are brought up to date in the background, some each second.
/// </summary>
internal sealed class CarriedEntries
{
    /// <summary>
    /// Somebody else owns the character now. It may still be on its way to this very map with an older pose, for as long as a ticket
    /// is good; after this time it has entered somewhere, or selects again.
    /// </summary>
    private static readonly TimeSpan KeptWhenStale = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenSaves = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<CharacterId, CheckpointEntry> _entries = [];
    private readonly Queue<CharacterId> _toSave = [];
    private readonly PriorityQueue<CharacterId, DateTimeOffset> _later = new();
    private readonly HashSet<CharacterId> _stale = [];
    private DateTimeOffset _nextSave;

    public int Count => _entries.Count;

    public IEnumerable<CheckpointEntry> All => _entries.Values;

    public void Load(IEnumerable<CheckpointEntry> entries)
    {
        foreach (var entry in entries)
            if (_entries.TryAdd(entry.Character, entry))
                _toSave.Enqueue(entry.Character);
    }

    public CheckpointEntry? Find(CharacterId character) => _entries.TryGetValue(character, out var entry) ? entry : null;

    public void Forget(CharacterId character) => _entries.Remove(character);

    /// <summary>The next entry whose record is to be brought up to date; null when it is not time or nothing is left.</summary>
    public CheckpointEntry? NextToSave(DateTimeOffset now)
    {
        ComeBack(now);
        if (now < _nextSave)
            return null;
        while (_toSave.TryDequeue(out var character))
        {
            if (!_entries.TryGetValue(character, out var entry))
                continue;
            // Steps are longer apart than saves: what one step has left over the next one may use, but not more.
            _nextSave = (_nextSave < now - LongestStep ? now - LongestStep : _nextSave) + BetweenSaves;
            return entry;
        }
        return null;
    }

    public void Answered(CharacterId character, SaveAnswer answer, DateTimeOffset now)
    {
        if (answer == SaveAnswer.Saved)
            Forget(character);
        else
            _later.Enqueue(character, now + (answer == SaveAnswer.Failed ? RetryPause : KeptWhenStale));
        if (answer == SaveAnswer.Stale)
            _stale.Add(character);
    }

    private void ComeBack(DateTimeOffset now)
    {
        while (_later.TryPeek(out var character, out var at) && at <= now)
        {
            _later.Dequeue();
            if (_stale.Remove(character))
                Forget(character);
            else
                _toSave.Enqueue(character);
        }
    }
}
