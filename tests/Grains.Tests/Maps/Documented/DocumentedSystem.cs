using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Data;
using MyGame;

namespace MmoOrleans.Grains.Tests.Maps.Documented;

/// <summary>The example in docs/map-systems.md compiles as it stands there, and does what the page says.</summary>
public sealed class DocumentedSystem
{
    private readonly SteppedMap _map;
    private readonly SteppedGateway _gateway;
    private readonly Admission _ann = SteppedMap.Admission("Ann", SteppedMap.At(50, 50));
    private readonly int _entity;

    public DocumentedSystem()
    {
        var placed = new MapObject("chest", "An old chest", new MapRectangle(51, 51, 0, 0), FrozenDictionary<string, string>.Empty);
        var ground = new MapData(SteppedMap.Id.Map, default, new BlockedGrid(100, 100, (_, _) => false), new MapPoint(0.5, 0.5), [], [placed]);
        _map = new SteppedMap(ground, systems: new Chests());
        _gateway = _map.Join();
        _entity = _map.Spawn(_gateway, _ann);
        _map.Step();
    }

    [Fact]
    public void Is_quoted_from_a_source_that_compiles()
    {
        var source = File.ReadAllText(Repository("tests/Grains.Tests/Maps/Documented/Chests.cs"));
        Assert.Contains($"```csharp\n{source[(source.IndexOf('\n') + 1)..]}```", File.ReadAllText(Repository("docs/map-systems.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_gold_once_a_minute_and_saves_it_with_the_character()
    {
        Open();
        Open();
        Assert.Equal([10], Gold());
        Assert.Equal([10, 0, 0, 0], Assert.Single(_map.Map.Saves.Images).Data.ToArray());

        _map.Step(TimeSpan.FromMinutes(1));
        Open();
        Assert.Equal([10, 20], Gold());
    }

    [Fact]
    public void Gives_nothing_to_who_is_not_there()
    {
        Assert.True(_map.Map.World.Move(_entity, SteppedMap.At(10, 10)));
        Open();
        Assert.Empty(Gold());
    }

    private void Open()
    {
        Assert.Equal(Answer.Done, _map.Map.Send(_ann.Character, _ann.Owner, Chests.Open, default, _map.Now));
        _map.Step();
    }

    private IEnumerable<int> Gold() => _gateway.Told<GameSent>(_entity).Where(sent => sent.Kind == Chests.Gold).Select(sent => BitConverter.ToInt32(sent.Payload.Span));

    private static string Repository(string path, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../..", path);
}
