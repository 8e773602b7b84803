using System.Collections.Immutable;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>The part of the settings that names channels and maps, where keys lean on each other most.</summary>
internal sealed class WorldBuilder(ConfigValues values, Findings findings, StartSurroundings surroundings)
{
    /// <summary>The one channel of a configuration that names none, as in the kit.</summary>
    public const string UsualChannel = "default";

    // The kit waits for ever by default; a deadline everywhere is our rule.
    private static readonly TimeSpan UsualSpawnTimeout = TimeSpan.FromSeconds(10);

    /// <param name="extraChannel">A channel that is needed besides the configured ones; null: none.</param>
    public WorldSettings Build(string? extraChannel)
    {
        var channels = Channels();
        var spawnChannels = values.List("spawnChannels") is { } named ? Distinct("spawnChannels", named) : [.. channels.Select(channel => channel.Id)];
        var spawnMaps = values.List("spawnMaps") is { } maps ? Distinct("spawnMaps", maps) : (ImmutableArray<string>?)null;
        var milliseconds = values.Whole("mapSpawnMillisecondsTimeout");
        return new WorldSettings
        {
            Channels = WithMissing(WithMissing(channels, "spawnChannels", spawnChannels), "channelId", extraChannel is null ? [] : [extraChannel]),
            SpawnChannels = spawnChannels,
            SpawnMaps = spawnMaps,
            MapsPath = MapsPath(),
            StartMap = StartMap(spawnMaps),
            SpawnTimeout = milliseconds == 0 ? UsualSpawnTimeout : TimeSpan.FromMilliseconds(milliseconds),
            MaxPlayersPerMap = values.Whole("mapMaxConnections"),
            TickRateHz = values.Whole("tickRate"),
            VisibleRangeMeters = values.Decimal("visibleRange"),
            MaxSpeedMetersPerSecond = values.Decimal("maxSpeed"),
            MaxHeightMeters = values.Decimal("maxHeight"),
            Grace = TimeSpan.FromSeconds(values.Whole("graceSeconds")),
        };
    }

    private ImmutableArray<ChannelSetting> Channels()
    {
        var channels = ImmutableArray.CreateBuilder<ChannelSetting>();
        foreach (var channel in values.Channels("channels"))
        {
            if (channel.Id.Length == 0)
                findings.Warn("channels: an entry without an id is skipped");
            else if (channels.Any(earlier => earlier.Id == channel.Id))
                findings.Warn($"channels: the second entry with id {channel.Id} is skipped");
            else
                channels.Add(Completed(channel));
        }
        if (channels.Count > 0)
            return channels.ToImmutable();
        findings.Warn($"channels names no channel; there is one, {UsualChannel}");
        return [Completed(new ChannelSetting(UsualChannel, "Default", 0))];
    }

    private ChannelSetting Completed(ChannelSetting channel)
    {
        Names.RefuseUnlessFit("channels: id", channel.Id, values.Of("channels")!.Origin, findings);
        return channel.MaxConnections > 0 ? channel : channel with { MaxConnections = values.Whole("defaultChannelMaxConnections") };
    }

    private ImmutableArray<ChannelSetting> WithMissing(ImmutableArray<ChannelSetting> channels, string key, ImmutableArray<string> ids)
    {
        foreach (var id in ids.Where(id => channels.All(channel => channel.Id != id)))
        {
            Names.RefuseUnlessFit(key, id, values.Of(key)!.Origin, findings);
            findings.Warn($"{key} names channel {id}, which channels lacks; it is added");
            channels = channels.Add(Completed(new ChannelSetting(id, id, 0)));
        }
        return channels;
    }

    private ImmutableArray<string> Distinct(string key, ImmutableArray<string> names)
    {
        foreach (var name in names.Distinct())
            Names.RefuseUnlessFit(key, name, values.Of(key)!.Origin, findings);
        foreach (var twice in names.GroupBy(name => name).Where(same => same.Count() > 1))
            findings.Warn($"{key} names {twice.Key} more than once; it counts once");
        return [.. names.Distinct()];
    }

    private string? StartMap(ImmutableArray<string>? spawnMaps)
    {
        if (values.Of("startMap") is not { } given)
            return spawnMaps?.FirstOrDefault();
        Names.RefuseUnlessFit("startMap", (string)given.Value, given.Origin, findings);
        return (string)given.Value;
    }

    // A published program brings its maps with it; a folder of the operator's own comes first.
    private string MapsPath()
    {
        var path = values.Path("mapsPath")!;
        var besideProgram = Path.Combine(surroundings.ProgramFolder, "config", "maps");
        return values.IsGiven("mapsPath") || Directory.Exists(path) || !Directory.Exists(besideProgram) ? path : Path.GetFullPath(besideProgram);
    }
}
