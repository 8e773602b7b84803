using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class ChannelsAndMaps : ReadingConfiguration
{
    [Fact]
    public void Duplicate_and_empty_ids_are_skipped_with_a_warning()
    {
        WriteFile("""{"channels": [{"id": "1"}, {"title": "no id"}, {"id": "1", "title": "again"}, {"id": " "}]}""");

        var (settings, warnings) = ReadyWith();

        Assert.Equal(new ChannelSetting("1", "1", 500), Assert.Single(settings.World.Channels));
        Assert.Equal(["channels: an entry without an id is skipped", "channels: the second entry with id 1 is skipped"], warnings);
    }

    [Fact]
    public void Channels_without_a_capacity_of_their_own_get_the_default_one()
    {
        WriteFile("""{"defaultChannelMaxConnections": 70, "channels": [{"id": 1, "maxConnections": 0}, {"id": "2", "maxConnections": "9"}, "3", {"id": "4", "maxConnections": -1}]}""");

        Assert.Equal([70, 9, 70, 70], ReadyWith().Settings.World.Channels.Select(channel => channel.MaxConnections));
    }

    [Fact]
    public void Channels_can_be_given_as_an_argument() =>
        Assert.Equal([new("1", "Channel 1", 500), new("2", "2", 500), new("3", "Third", 7)], ReadyWith("-channels", "1:Channel 1|2|3:Third:7").Settings.World.Channels);

    [Fact]
    public void An_empty_list_of_channels_means_the_usual_one()
    {
        WriteFile("""{"channels": []}""");

        var (settings, warnings) = ReadyWith();

        Assert.Equal("default", Assert.Single(settings.World.Channels).Id);
        Assert.Single(warnings);
    }

    [Fact]
    public void An_unknown_member_of_a_channel_is_named()
    {
        WriteFile("""{"channels": [{"id": "1", "maxConnection": 5}]}""");

        Assert.Contains("entry 1: maxConnection is unknown", Assert.Single(ReadyWith().Warnings));
    }

    [Fact]
    public void A_spawn_channel_that_channels_lacks_is_added_with_a_warning()
    {
        var (settings, warnings) = ReadyWith("-channels", "1", "-spawnChannels", "1|2");

        Assert.Equal(["1", "2"], settings.World.Channels.Select(channel => channel.Id));
        Assert.Equal(["1", "2"], settings.World.SpawnChannels);
        Assert.Equal("spawnChannels names channel 2, which channels lacks; it is added", Assert.Single(warnings));
    }

    [Theory]
    [InlineData("-channels", "a b")]
    [InlineData("-spawnChannels", "a/b")]
    [InlineData("-spawnMaps", "../secret")]
    [InlineData("-startMap", "Map 1")]
    [InlineData("-spawnMaps", "Map001|12345678901234567890123456789012345678901234567890123456789012345")]
    public void Names_that_cannot_be_part_of_a_key_are_refused(string key, string value)
    {
        var sentence = RefusalOf(key, value);

        Assert.StartsWith(key[1..], sentence);
        Assert.Contains("expected 1 to 64 letters, digits, '_', '.' or '-'", sentence);
    }

    [Fact]
    public void Names_are_trimmed_and_counted_once()
    {
        var (settings, warnings) = ReadyWith("-spawnMaps", "Map001 | Map002||Map001");

        Assert.Equal(["Map001", "Map002"], settings.World.SpawnMaps!.Value);
        Assert.Equal("spawnMaps names Map001 more than once; it counts once", Assert.Single(warnings));
    }

    [Fact]
    public void An_empty_list_of_maps_means_none_and_an_absent_one_every()
    {
        Assert.Null(ReadyWith().Settings.World.SpawnMaps);
        Assert.Empty(ReadyWith("-spawnMaps", "").Settings.World.SpawnMaps!.Value);
        WriteFile("""{"spawnMaps": []}""");
        Assert.Empty(ReadyWith().Settings.World.SpawnMaps!.Value);
    }

    [Fact]
    public void New_characters_begin_in_the_start_map_else_in_the_first_spawned_one()
    {
        Assert.Equal("Field", ReadyWith("-spawnMaps", "Map001", "-startMap", "Field").Settings.World.StartMap);
        Assert.Equal("Map001", ReadyWith("-spawnMaps", "Map001|Map002").Settings.World.StartMap);
        Assert.Null(ReadyWith("-spawnMaps", "").Settings.World.StartMap);
    }

    [Fact]
    public void A_spawn_timeout_of_zero_is_our_default_and_not_for_ever()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), ReadyWith("-mapSpawnMillisecondsTimeout", "0").Settings.World.SpawnTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), ReadyWith("-mapSpawnMillisecondsTimeout", "2000").Settings.World.SpawnTimeout);
    }
}
