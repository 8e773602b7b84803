using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Tests.Storage;

public class StoringRecords
{
    private readonly RecordSerializer _serializer = new();

    [Fact]
    public void A_row_carries_its_version_first_and_no_type_names()
    {
        var hero = new Hero
        {
            Id = new HeroId(Guid.Parse("00000000-0000-0000-0000-000000000001")),
            Name = "Zoë",
            Kind = HeroKind.NightElf,
            Looks = new byte[] { 1, 2, 3 },
            Friends = [new HeroId(Guid.Parse("00000000-0000-0000-0000-000000000002"))],
            Levels = { [new HeroId(Guid.Parse("00000000-0000-0000-0000-000000000003"))] = 7 },
            Picture = [4, 5],
        };
        Assert.Equal(
            """{"v":2,"data":{"id":"00000000-0000-0000-0000-000000000001","name":"Zoë","kind":"nightElf","looks":"AQID","friends":["00000000-0000-0000-0000-000000000002"],"levels":{"00000000-0000-0000-0000-000000000003":7},"picture":"BAU="}}""",
            _serializer.Serialize(hero).ToString());
        Assert.Equal(_serializer.Serialize(hero).ToString(), _serializer.Serialize(Read<Hero>(_serializer.Serialize(hero).ToString())).ToString());
    }

    [Fact]
    public void A_row_without_a_property_gives_it_the_value_of_its_initializer()
    {
        var hero = Read<Hero>("""{"v":2,"data":{"id":"00000000-0000-0000-0000-000000000001"}}""");
        Assert.Equal("nobody", hero.Name);
        Assert.Empty(hero.Friends);
        Assert.Empty(hero.Picture);
        Assert.Empty(hero.Levels);
    }

    [Fact]
    public void A_positional_record_reads_a_missing_array_as_an_empty_one() =>
        Assert.Empty(Read<Flat>("""{"v":1,"data":{"count":3}}""").Numbers);

    [Fact]
    public void An_uninitialised_array_is_written_as_an_empty_one() =>
        Assert.Equal("""{"v":1,"data":{"count":3,"numbers":[]}}""", _serializer.Serialize(new Flat(3, default)).ToString());

    [Fact]
    public void A_property_this_program_does_not_know_is_skipped() =>
        Assert.Equal(3, Read<Flat>("""{"v":1,"data":{"count":3,"later":{"deep":[1,2]},"numbers":[]}}""").Count);

    [Fact]
    public void A_row_of_an_older_version_is_upgraded() =>
        Assert.Equal("Old", Read<Hero>("""{"v":1,"data":{"id":"00000000-0000-0000-0000-000000000001","title":"Old"}}""").Name);

    [Fact]
    public void A_row_of_a_newer_version_is_refused_before_it_is_read()
    {
        var refusal = Assert.Throws<UnreadableRecordException>(() => Read<Flat>("""{"v":2,"data":{"count":"three"}}"""));
        Assert.Equal("A stored row of Flat has version 2, written by a newer program; this one knows versions up to 1. Run the newer program.", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"v":0,"data":{}}""")]
    [InlineData("""{"v":"1","data":{}}""")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"data":{},"v":1}""")]
    [InlineData("""{"v":1,"data":{"count":1""")]
    [InlineData("""{"v":1,"data":{"count":"one"}}""")]
    [InlineData("""{"v":1,"data":{"count":1,"numbers":[1,"x"]}}""")]
    public void A_row_that_is_not_in_the_form_is_refused(string row)
    {
        var refusal = Assert.Throws<UnreadableRecordException>(() => Read<Flat>(row));
        Assert.StartsWith("A stored row of Flat is not in its form", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_says_no_version_is_not_stored()
    {
        var refusal = Assert.Throws<UnreadableRecordException>(() => _serializer.Serialize(new Unmarked()));
        Assert.Equal("Unmarked is stored but says no version: mark it [StoredRecord(1)].", refusal.Message);
    }

    [Fact]
    public void A_row_that_has_grown_out_of_bounds_is_not_written() =>
        Assert.Throws<UnreadableRecordException>(() => _serializer.Serialize(new Hero { Looks = new byte[RecordSerializer.MaxRecordBytes] }));

    [Fact]
    public void Ids_fences_and_maps_of_the_contracts_are_read_as_they_were_written()
    {
        var account = AccountId.New();
        var place = new Place { Owner = account, Fence = new Fence(3, 4), Map = new MapId("1", "Map001"), Token = SecretHash.Of(Secret.New()) };
        var row = _serializer.Serialize(place).ToString();
        Assert.Contains("\"map\":\"map:1/Map001\"", row, StringComparison.Ordinal);
        Assert.Contains($"\"owner\":\"{account.Value}\"", row, StringComparison.Ordinal);
        Assert.Contains($"\"token\":\"{place.Token.Value}\"", row, StringComparison.Ordinal);
        Assert.Equal(place, Read<Place>(row));
        Assert.Equal(new Place(), Read<Place>(_serializer.Serialize(new Place()).ToString()));
        Assert.Throws<UnreadableRecordException>(() => Read<Place>("""{"v":1,"data":{"map":"1/Map001"}}"""));
        Assert.Throws<UnreadableRecordException>(() => Read<Place>("""{"v":1,"data":{"token":"no hash"}}"""));
    }

    private T Read<T>(string row) => _serializer.Deserialize<T>(BinaryData.FromString(row))!;

    private readonly record struct HeroId(Guid Value);

    private enum HeroKind
    {
        Human,
        NightElf,
    }

    [StoredRecord(2, Upgrade = typeof(TitleBecameName))]
    private sealed class Hero
    {
        public HeroId Id { get; init; }

        public string Name { get; init; } = "nobody";

        public HeroKind Kind { get; init; }

        public ReadOnlyMemory<byte> Looks { get; init; }

        public ImmutableArray<HeroId> Friends { get; init; }

        public Dictionary<HeroId, int> Levels { get; init; } = [];

        public ImmutableArray<byte> Picture { get; init; }

        public string? Nothing { get; init; }
    }

    [StoredRecord(1)]
    private sealed record Flat(int Count, ImmutableArray<int> Numbers);

    [StoredRecord(1)]
    private sealed record Place
    {
        public AccountId Owner { get; init; }

        public Fence Fence { get; init; }

        public MapId Map { get; init; }

        public SecretHash Token { get; init; }
    }

    private sealed class Unmarked;

    private sealed class TitleBecameName : IRecordUpgrade
    {
        public void Upgrade(JsonObject data, int from)
        {
            data["name"] = data["title"]!.DeepClone();
            data.Remove("title");
        }
    }
}
