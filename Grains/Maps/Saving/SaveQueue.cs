using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Maps.Saving;

/// <summary>
/// Images of characters that their grains have not stored yet: of each the newest, whether it is still here or gone. Bounded by
/// the map: while it is full nobody is let in, so that what is owed can only shrink.
/// </summary>
internal sealed class SaveQueue
{
    /// <summary>At this many the map lets nobody in.</summary>
    private const int Bound = 4096;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<CharacterId, Unsaved> _unsaved = [];

    public int Count => _unsaved.Count;

    public bool IsFull => Count >= Bound;

    public IEnumerable<CharacterImage> Images => _unsaved.Values.Select(unsaved => unsaved.Image);

    public void Put(CharacterImage image)
    {
        if (_unsaved.TryGetValue(image.Character, out var unsaved))
            unsaved.Image = Newer(unsaved.Image, image);
        else
            _unsaved.Add(image.Character, new Unsaved(image));
    }

    public CharacterImage? Find(CharacterId character) => _unsaved.GetValueOrDefault(character)?.Image;

    public bool Forget(CharacterId character) => _unsaved.Remove(character);

    /// <summary>Images to send now, at most so many; each is marked as under way.</summary>
    public List<CharacterImage> Due(int most, DateTimeOffset now)
    {
        var due = _unsaved.Values.Where(unsaved => unsaved.Sent is null && unsaved.NotBefore <= now).Take(most).ToList();
        foreach (var unsaved in due)
            unsaved.Sent = unsaved.Image;
        return [.. due.Select(unsaved => unsaved.Image)];
    }

    /// <summary>What became of an image that was sent; what has changed since then goes again.</summary>
    public void Answered(CharacterImage image, SaveAnswer answer, DateTimeOffset now)
    {
        if (!_unsaved.TryGetValue(image.Character, out var unsaved) || !ReferenceEquals(unsaved.Sent, image))
            return;
        unsaved.Sent = null;
        if (answer == SaveAnswer.Failed)
            unsaved.NotBefore = now + Pause(++unsaved.Failures);
        else if (ReferenceEquals(unsaved.Image, image))
            _unsaved.Remove(image.Character);
    }

    /// <summary>A pose alone does not push out what else is known of the character from the same owner.</summary>
    private static CharacterImage Newer(CharacterImage old, CharacterImage image)
    {
        if (image.Stamp < old.Stamp)
            return old;
        return image.PoseOnly && !old.PoseOnly && image.Stamp.Owner == old.Stamp.Owner
            ? image with { Data = old.Data, MutedUntil = old.MutedUntil, PoseOnly = false }
            : image;
    }

    private static TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private sealed class Unsaved(CharacterImage image)
    {
        public CharacterImage Image { get; set; } = image;

        /// <summary>The image that is under way, if any.</summary>
        public CharacterImage? Sent { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }
}
