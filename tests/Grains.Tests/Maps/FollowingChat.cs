using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;

namespace MmoOrleans.Grains.Tests.Maps;

public class FollowingChat
{
    private readonly ChatFollower _follower = new();
    private readonly List<long> _heard = [];

    [Fact]
    public void It_begins_at_the_head()
    {
        _follower.HeadIs(At(5));
        Hear(_follower.Published(Event(4, 5)));
        Hear(_follower.Published(Event(5, 6, 7)));
        Assert.Equal([6, 7], _heard);
    }

    [Fact]
    public void Who_speaks_before_it_is_known_where_the_channel_is_hears_that_line()
    {
        _follower.Said(At(6));
        Assert.True(_follower.HasGap);
        Hear(_follower.Published(Event(5, 6)));
        _follower.HeadIs(At(6));
        Hear(_follower.Published(Event(6, 7)));
        Assert.Equal([6, 7], _heard);
    }

    [Fact]
    public void A_lost_event_shows_with_the_next_and_history_repairs_it()
    {
        _follower.HeadIs(At(0));
        Hear(_follower.Published(Event(0, 1)));
        Hear(_follower.Published(Event(2, 3)));
        Assert.True(_follower.HasGap);
        Hear(_follower.Answered(History(1, 3)));
        Assert.Equal([1, 2, 3], _heard);
        Assert.False(_follower.HasGap);
    }

    [Fact]
    public void A_history_that_comes_in_pieces_is_heard_whole_before_what_is_new()
    {
        _follower.HeadIs(At(0));
        Hear(_follower.Published(Event(8, 9)));
        Hear(_follower.Answered(History(0, 4)));
        Hear(_follower.Published(Event(9, 10)));
        Assert.True(_follower.HasGap);
        Assert.Equal(At(4), _follower.Position);
        Hear(_follower.Answered(History(4, 10)));
        Hear(_follower.Published(Event(10, 11)));
        Assert.Equal(Enumerable.Range(1, 11).Select(line => (long)line), _heard);
    }

    [Fact]
    public void After_a_full_piece_more_is_asked_for()
    {
        _follower.HeadIs(At(0));
        _follower.HeadIs(At(300));
        Hear(_follower.Answered(History(0, 256)));
        Assert.True(_follower.HasGap);
        Hear(_follower.Answered(History(256, 300)));
        Assert.False(_follower.HasGap);
        Assert.Equal(300, _heard.Count);
    }

    [Fact]
    public void A_lost_last_line_shows_at_the_head()
    {
        _follower.HeadIs(At(3));
        Assert.False(_follower.HasGap);
        _follower.HeadIs(At(4));
        Assert.True(_follower.HasGap);
    }

    [Fact]
    public void An_event_that_comes_twice_or_overlaps_brings_only_what_is_new()
    {
        _follower.HeadIs(At(0));
        Hear(_follower.Published(Event(0, 1, 2)));
        Hear(_follower.Published(Event(0, 1, 2)));
        Hear(_follower.Published(Event(1, 2, 3)));
        Assert.Equal([1, 2, 3], _heard);
    }

    [Fact]
    public void A_later_life_of_the_channel_goes_on_from_the_last_line_of_the_earlier()
    {
        _follower.HeadIs(At(9));
        var line = Line(new Fence(2, 1));
        Hear(_follower.Published(new ChatPublished(At(9), [line])));
        Assert.Equal(new Fence(2, 1), _follower.Position);
        Assert.Single(_heard);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void With_one_in_three_events_lost_everything_is_heard_once_in_order(int lost)
    {
        const int Lines = 30;
        _follower.HeadIs(At(0));
        for (var line = 1; line <= Lines; line++)
        {
            if (line % 3 != lost)
                Hear(_follower.Published(Event(line - 1, line)));
            if (_follower is { HasGap: true, Position: { } position } && line % 5 == 0)
                Hear(_follower.Answered(History(position.Counter, line)));
        }
        _follower.HeadIs(At(Lines));
        Hear(_follower.Answered(History(_follower.Position!.Value.Counter, Lines)));
        Assert.Equal(Enumerable.Range(1, Lines).Select(line => (long)line), _heard);
    }

    [Fact]
    public void Who_comes_back_hears_what_it_missed_before_what_is_new()
    {
        var (map, gateway) = Listening(head: 5);
        var entity = map.Spawn(gateway, Played("Ann"), heard: new ChatHeard("global", At(3)));
        Assert.Equal(At(3), map.Map.Audience.CatchUpFrom);
        map.Map.Audience.Published(Event(5, 6));
        map.Map.Audience.CaughtUp(At(3), History(3, 6));
        map.Map.Audience.Published(Event(6, 7));
        map.Step();
        Assert.Null(map.Map.Audience.CatchUpFrom);
        Assert.Equal([4, 5, 6, 7], Heard(gateway, entity));
    }

    [Fact]
    public void What_it_missed_may_come_in_pieces()
    {
        var (map, gateway) = Listening(head: 9);
        var entity = map.Spawn(gateway, Played("Ann"), heard: new ChatHeard("global", At(3)));
        map.Map.Audience.CaughtUp(At(3), History(3, 6));
        Assert.Equal(At(6), map.Map.Audience.CatchUpFrom);
        map.Map.Audience.Published(Event(9, 10));
        map.Map.Audience.CaughtUp(At(6), History(6, 10));
        map.Map.Audience.Published(Event(10, 11));
        map.Step();
        Assert.Null(map.Map.Audience.CatchUpFrom);
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], Heard(gateway, entity));
    }

    [Fact]
    public void Who_has_missed_less_is_not_set_back_by_a_piece_for_who_has_missed_more()
    {
        var (map, gateway) = Listening(head: 9);
        map.Spawn(gateway, Played("Ann"), heard: new ChatHeard("global", At(1)));
        var bob = map.Spawn(gateway, Played("Bob"), connection: 2, heard: new ChatHeard("global", At(7)));
        map.Map.Audience.CaughtUp(At(1), History(1, 4));
        map.Map.Audience.CaughtUp(At(4), History(4, 7));
        map.Map.Audience.CaughtUp(At(7), History(7, 9));
        map.Step();
        Assert.Equal([8, 9], Heard(gateway, bob));
    }

    [Fact]
    public void Others_hear_the_new_line_meanwhile_and_the_missed_ones_not_again()
    {
        var (map, gateway) = Listening(head: 5);
        var bob = map.Spawn(gateway, SteppedMap.Admission("Bob"));
        map.Spawn(gateway, Played("Ann"), connection: 2, heard: new ChatHeard("global", At(3)));
        map.Map.Audience.Published(Event(5, 6));
        map.Map.Audience.CaughtUp(At(3), History(3, 6));
        map.Step();
        Assert.Equal([6], Heard(gateway, bob));
    }

    [Fact]
    public void Who_comes_is_told_up_to_which_event_of_its_gateway_nothing_was_for_it()
    {
        var (map, gateway) = Listening(head: 5);
        map.Spawn(gateway, SteppedMap.Admission("Bob"));
        map.Map.Audience.Published(Event(5, 6));
        var welcome = Assert.IsType<Granted<MapWelcome>>(map.Enter(gateway, Played("Ann"), connection: 2, new ChatHeard("global", At(5)))).Value;
        map.Map.Audience.CaughtUp(At(5), History(5, 6));
        map.Step();
        Assert.Equal(gateway.Events.Single(happened => happened.Recipients.IsEmpty && happened.What is LineHeard).Number, welcome.LastEvent);
        Assert.Equal([6], gateway.Events.Where(happened => happened.Number > welcome.LastEvent && happened.Recipients.Contains(welcome.Entity))
            .Select(happened => happened.What).OfType<LineHeard>().Select(heard => heard.Line.Position.Counter));
    }

    [Fact]
    public void An_entry_that_is_answered_again_is_told_the_same_event()
    {
        var (map, gateway) = Listening(head: 5);
        var ann = SteppedMap.Admission("Ann");
        var first = Assert.IsType<Granted<MapWelcome>>(map.Enter(gateway, ann, heard: new ChatHeard("global", At(5)))).Value;
        map.Map.Audience.Published(Event(5, 6));
        var again = Assert.IsType<Granted<MapWelcome>>(map.Enter(gateway, ann, heard: new ChatHeard("global", At(5)))).Value;
        Assert.Equal(first.LastEvent, again.LastEvent);
    }

    [Fact]
    public void Who_has_heard_nothing_yet_is_told_where_it_begins()
    {
        var (map, gateway) = Listening(head: 5);
        var ann = map.Spawn(gateway, SteppedMap.Admission("Ann"));
        map.Map.Audience.HeadIs(At(5));
        map.Step();
        Assert.Equal(new ChatBegins("global", At(5)), Assert.Single(gateway.Told<ChatBegins>(ann)));
    }

    [Fact]
    public void Who_comes_before_the_map_knows_where_the_channel_is_is_told_then()
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        var ann = map.Spawn(gateway, SteppedMap.Admission("Ann"));
        map.Step();
        Assert.Empty(gateway.Told<ChatBegins>(ann));
        map.Map.Audience.HeadIs(Fence.None);
        map.Step();
        Assert.Equal(Fence.None, Assert.Single(gateway.Told<ChatBegins>(ann)).Position);
    }

    [Fact]
    public void The_very_first_line_of_a_channel_can_be_missed_too()
    {
        var (map, gateway) = Listening(head: 1);
        var ann = map.Spawn(gateway, Played("Ann"), heard: new ChatHeard("global", Fence.None));
        Assert.Equal(Fence.None, map.Map.Audience.CatchUpFrom);
        map.Map.Audience.CaughtUp(Fence.None, History(0, 1));
        map.Step();
        Assert.Equal([1], Heard(gateway, ann));
        Assert.Empty(gateway.Told<ChatBegins>(ann));
    }

    [Fact]
    public void Lines_that_no_history_holds_are_told_as_skipped()
    {
        var (map, gateway) = Listening(head: 400);
        var ann = map.Spawn(gateway, Played("Ann"), heard: new ChatHeard("global", At(100)));
        var bob = map.Spawn(gateway, Played("Bob"), connection: 2, heard: new ChatHeard("global", At(140)));
        map.Map.Audience.CaughtUp(At(100), History(150, 400) with { Skipped = 50 });
        map.Step();
        Assert.Equal(50, Assert.Single(gateway.Told<LinesSkipped>(ann)).Lines);
        Assert.Equal(10, Assert.Single(gateway.Told<LinesSkipped>(bob)).Lines);
        Assert.Equal(250, Heard(gateway, ann).Count);
    }

    [Fact]
    public void A_gateway_that_has_much_to_read_is_not_sent_history()
    {
        var (map, gateway) = Listening(head: 5);
        var entity = map.Spawn(gateway, Played("Ann"), heard: new ChatHeard("global", At(3)));
        gateway.LosesFrames = true;
        for (var i = 0; i < 3600; i++)
            map.Map.World.Send(entity, i, default);
        Assert.Null(map.Map.Audience.CatchUpFrom);
    }

    private static Fence At(long number) => new(1, number);

    private static ChatLine Line(Fence position) =>
        new(position, ChatLineKind.Global, CharacterId.New(), "Zoe", position.ToString(), default);

    private static ImmutableArray<ChatLine> Lines(long after, long through) =>
        [.. Enumerable.Range((int)after + 1, (int)(through - after)).Select(number => Line(At(number)))];

    private static ChatPublished Event(long previous, params long[] lines) => new(At(previous), [.. lines.Select(number => Line(At(number)))]);

    private static ChatHistory History(long after, long head) => new(At(head), Lines(after, head), 0);

    [Fact]
    public void A_character_that_never_played_hears_nothing_from_before_its_time()
    {
        var (map, gateway) = Listening(head: 5);
        map.Spawn(gateway, SteppedMap.Admission("New"), heard: new ChatHeard("global", At(1)));
        Assert.Null(map.Map.Audience.CatchUpFrom);
    }

    [Fact]
    public void One_that_resumes_misses_nothing_though_its_silo_died_before_anything_of_it_was_saved()
    {
        var (map, gateway) = Listening(head: 5);
        map.Spawn(gateway, SteppedMap.Admission("New") with { IsReturn = true }, heard: new ChatHeard("global", At(1)));
        Assert.Equal(At(1), map.Map.Audience.CatchUpFrom);
    }

    /// <summary>A character that was on a map before, which its image bears the stamp of.</summary>
    private static Admission Played(string name)
    {
        var admission = SteppedMap.Admission(name);
        return admission with { Image = admission.Image with { Stamp = new Stamp(new Fence(1, 0), new Fence(1, 0), 1) } };
    }

    private static List<long> Heard(SteppedGateway gateway, int entity) =>
        gateway.Told<LineHeard>(entity).Select(heard => heard.Line.Position.Counter).ToList();

    private static (SteppedMap Map, SteppedGateway Gateway) Listening(long head)
    {
        var map = new SteppedMap();
        var gateway = map.Join();
        map.Map.Audience.HeadIs(At(head));
        return (map, gateway);
    }

    private void Hear(ImmutableArray<ChatLine> lines) => _heard.AddRange(lines.Select(line => line.Position.Counter));
}
