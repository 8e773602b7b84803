using System.Text;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Saving;

namespace MmoOrleans.Grains.Tests.Maps;

public class Checkpointing
{
    [Fact]
    public void Positions_are_packed_and_read_as_they_were()
    {
        CheckpointEntry[] entries =
        [
            new(CharacterId.New(), new Stamp(new Fence(7, 1_000_000), new Fence(3, 0), long.MaxValue), new Spot(-12345, 0, 98765), 255),
            new(CharacterId.New(), default, new Spot(int.MinValue, int.MaxValue, 0), 0),
        ];
        Assert.Equal(entries, CheckpointCodec.Unpack(CheckpointCodec.Pack(entries)));
    }

    [Fact]
    public void A_character_takes_about_forty_bytes()
    {
        var entries = Enumerable.Range(0, 100).Select(i =>
            new CheckpointEntry(CharacterId.New(), new Stamp(new Fence(12, i), new Fence(40, 0), 200_000), new Spot(50_000 + i, 0, 60_000), 7));
        Assert.InRange(CheckpointCodec.Pack(entries).Length / 100, 25, 40);
    }

    [Fact]
    public void What_is_no_checkpoint_is_refused()
    {
        var packed = CheckpointCodec.Pack([Entry(CharacterId.New(), 1)]);
        for (var length = 2; length < packed.Length; length++)
            Assert.Throws<FormatException>(() => CheckpointCodec.Unpack(packed[..length]));
        Assert.Throws<FormatException>(() => CheckpointCodec.Unpack(new byte[] { 9 }));
        Assert.Throws<FormatException>(() => CheckpointCodec.Unpack((byte[])[1, .. new byte[16], .. Enumerable.Repeat((byte)255, 12)]));
    }

    [Fact]
    public void A_map_opens_also_with_a_checkpoint_that_nobody_can_read()
    {
        var map = new SteppedMap(claimed: false);
        map.Map.Claimed(new MapClaim(2, new MapCheckpoint(1, new byte[] { 9, 9 }, default)));
        Assert.NotEqual(0, map.Spawn(map.Join(), SteppedMap.Admission("Ann")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"a":"not base64"}""")]
    public void Systems_states_that_nobody_can_read_cost_no_player_its_place(string systems)
    {
        var map = new SteppedMap(claimed: false);
        var ann = CharacterId.New();
        map.Map.Claimed(new MapClaim(2, new MapCheckpoint(9, CheckpointCodec.Pack([Entry(ann, 5)]), Encoding.UTF8.GetBytes(systems))));
        map.Step();
        Assert.Equal(Entry(ann, 5), Assert.Single(Positions(Due(map))));
    }

    [Fact]
    public void Each_checkpoint_names_the_players_and_those_who_have_not_come_back()
    {
        var (ann, gone) = (SteppedMap.Admission("Ann", SteppedMap.At(10, 10)), CharacterId.New());
        var map = Started(Entry(gone, 5));
        map.Spawn(map.Join(), ann);
        for (var i = 0; i < 3; i++)
        {
            var entries = Positions(Due(map));
            Assert.Equal([ann.Character, gone], entries.Select(entry => entry.Character).OrderBy(character => character == gone));
            Assert.Equal(Entry(gone, 5), entries.Single(entry => entry.Character == gone));
            map.Step(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public void Who_has_come_back_stands_in_the_checkpoint_where_it_is_now()
    {
        var ann = SteppedMap.Admission("Ann", SteppedMap.At(10, 10), new Fence(2, 1));
        var map = Started(Entry(ann.Character, 5));
        map.Spawn(map.Join(), ann);
        var entry = Assert.Single(Positions(Due(map)));
        Assert.Equal((ann.Owner, new Fence(2, 0)), (entry.Stamp.Owner, entry.Stamp.Map));
    }

    [Fact]
    public void Who_has_left_stays_in_it_until_it_is_saved()
    {
        var map = new SteppedMap();
        var ann = SteppedMap.Admission("Ann", SteppedMap.At(10, 10));
        map.Spawn(map.Join(), ann);
        Stored(map, Due(map));
        map.Map.Leave(ann.Character, ann.Owner, LeaveKind.Left, map.Now);
        map.Step(TimeSpan.FromSeconds(2));
        Assert.Equal(ann.Character, Assert.Single(Positions(Due(map))).Character);
        map.Map.Saved(Assert.Single(map.Map.Saves.Due(1, map.Now)), SaveAnswer.Saved);
        map.Step(TimeSpan.FromSeconds(2));
        var last = Due(map);
        Assert.Empty(Positions(last));
        Stored(map, last);
        map.Step(TimeSpan.FromSeconds(2));
        Assert.Null(map.Map.Checkpoints.Due());
    }

    [Fact]
    public void A_record_that_was_brought_up_to_date_is_carried_no_more()
    {
        var (one, two) = (CharacterId.New(), CharacterId.New());
        var map = Started(Entry(one, 5), Entry(two, 5));
        var first = map.Map.Carried.NextToSave(map.Now)!.Value;
        Assert.True(first.ToImage(SteppedMap.Id).PoseOnly);
        map.Map.BroughtUp(first.Character, SaveAnswer.Saved);
        Assert.Null(map.Map.Carried.Find(first.Character));
        Assert.Equal(1, map.Map.Carried.Count);
    }

    [Fact]
    public void Records_are_brought_up_to_date_fifty_a_second()
    {
        var map = Started([.. Enumerable.Range(0, 200).Select(_ => Entry(CharacterId.New(), 5))]);
        var saved = 0;
        for (var i = 0; i < 20; i++, map.Step())
            while (map.Map.Carried.NextToSave(map.Now) is not null)
                saved++;
        Assert.InRange(saved, 45, 56);
    }

    [Fact]
    public void An_entry_that_is_stale_is_kept_as_long_as_a_ticket_is_good()
    {
        var map = Started(Entry(CharacterId.New(), 5));
        map.Map.BroughtUp(map.Map.Carried.NextToSave(map.Now)!.Value.Character, SaveAnswer.Stale);
        map.Step(TimeSpan.FromSeconds(30));
        Assert.Null(map.Map.Carried.NextToSave(map.Now));
        Assert.Equal(1, map.Map.Carried.Count);
        map.Step(TimeSpan.FromSeconds(31));
        Assert.Null(map.Map.Carried.NextToSave(map.Now));
        Assert.Equal(0, map.Map.Carried.Count);
    }

    private static CheckpointEntry Entry(CharacterId character, long tick) =>
        new(character, new Stamp(new Fence(1, 1), new Fence(1, 0), tick), new Spot(3000, 0, 3000), 0);

    private static SteppedMap Started(params CheckpointEntry[] entries)
    {
        var map = new SteppedMap(claimed: false);
        map.Map.Claimed(new MapClaim(2, new MapCheckpoint(9, CheckpointCodec.Pack(entries), default)));
        map.Step();
        return map;
    }

    private static MapCheckpoint Due(SteppedMap map) => Assert.IsType<MapCheckpoint>(map.Map.Checkpoints.Due());

    private static void Stored(SteppedMap map, MapCheckpoint checkpoint) => map.Map.Checkpoints.Stored(checkpoint);

    private static List<CheckpointEntry> Positions(MapCheckpoint checkpoint) => CheckpointCodec.Unpack(checkpoint.Positions);
}
