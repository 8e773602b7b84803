using System.Collections.Concurrent;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>
/// The maps of a folder: every NAME.tmx in it whose name follows <see cref="MapId.IsName"/>, upper and lower case told apart on
/// every system. A file is read once and its map shared; it is read again after its time or size has changed, and forgotten
/// when it has vanished, so the cache never holds more maps than the folder. Safe for many callers at once.
/// </summary>
public sealed class TiledMapSource(string folder) : IMapSource
{
    private const string Extension = ".tmx";

    private static readonly EnumerationOptions ExactCase = new() { MatchCasing = MatchCasing.CaseSensitive };

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly ConcurrentDictionary<string, CachedFile> _cache = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names() => !Directory.Exists(_folder)
        ? []
        : [.. Directory.EnumerateFiles(_folder, "*" + Extension, ExactCase)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(MapId.IsName)
            .Order(StringComparer.Ordinal)];

    public MapLoad Load(string name)
    {
        if (!MapId.IsName(name))
            return new MapLoad.Missing($"'{name}' {MapName.Rule}");
        try
        {
            return Find(name) is { } file ? Load(name, file) : Forget(name);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Not the map but the disk said no, and it may think better of it without the file changing: ask it again next time.
            Forget(name);
            return new MapLoad.Refused(Path.Combine(_folder, name + Extension), unreadable.Message);
        }
    }

    private MapLoad Load(string name, FileInfo file)
    {
        var found = new CachedFile(name, file);
        return _cache.AddOrUpdate(name, found, (_, cached) => cached.IsSameAs(found) ? cached : found).Map;
    }

    private MapLoad.Missing Forget(string name)
    {
        _cache.TryRemove(name, out _);
        return new($"there is no file {name}{Extension} in {_folder}");
    }

    /// <summary>
    /// Asks the folder, not for the file: a system that ignores case would open one map under several names. A link is
    /// followed, because its own time tells nothing of the file behind it.
    /// </summary>
    private FileInfo? Find(string name)
    {
        if (!Directory.Exists(_folder))
            return null;
        FileInfo? file = new DirectoryInfo(_folder).EnumerateFiles(name + Extension, ExactCase).FirstOrDefault();
        return file?.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
    }

    /// <summary>One state of one file. Whoever asks first reads it, the others wait for the same map.</summary>
    private sealed class CachedFile(string name, FileInfo file)
    {
        private readonly DateTime _changed = file.LastWriteTimeUtc;
        private readonly long _bytes = file.Length;
        private readonly Lazy<MapLoad> _map = new(() => Read(name, file.FullName));

        public MapLoad Map => _map.Value;

        public bool IsSameAs(CachedFile other) => (_changed, _bytes) == (other._changed, other._bytes);

        private static MapLoad Read(string name, string path)
        {
            using FileStream tmx = File.OpenRead(path);
            return TiledReader.Read(name, path, tmx);
        }
    }
}
