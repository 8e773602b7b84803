using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Chat;

namespace MmoOrleans.Grains.Tests.Maps;

public class TalkingOnAMap
{
    private readonly SteppedMap _map = new();
    private readonly SteppedGateway _gateway;
    private readonly Admission _ann = SteppedMap.Admission("Ann", SteppedMap.At(50, 50));
    private readonly int _entity;

    public TalkingOnAMap()
    {
        _gateway = _map.Join();
        _entity = _map.Spawn(_gateway, _ann);
    }

    [Fact]
    public void Local_chat_is_heard_within_ten_metres_by_the_speaker_too()
    {
        var near = _map.Spawn(_gateway, SteppedMap.Admission("Near", SteppedMap.At(56, 58)), connection: 2);
        var far = _map.Spawn(_gateway, SteppedMap.Admission("Far", SteppedMap.At(50, 60.1f)), connection: 3);
        Assert.IsType<Spoken.Heard>(Say("hi"));
        _map.Step();
        Assert.Equal("hi", Assert.Single(_gateway.Told<LineHeard>(near)).Line.Text);
        Assert.Equal("Ann", Assert.Single(_gateway.Told<LineHeard>(_entity)).Line.SenderName);
        Assert.Empty(_gateway.Told<LineHeard>(far));
    }

    [Theory]
    [InlineData("", RefusalCode.ChatEmpty)]
    [InlineData(" \t", RefusalCode.ChatEmpty)]
    [InlineData("\u200b", RefusalCode.ChatEmpty)]
    [InlineData("\u3164\u202e", RefusalCode.ChatEmpty)]
    public void Nothing_is_not_said(string text, RefusalCode code) => Assert.Equal(code, Refused(Say(text)).Code);

    [Theory]
    [InlineData("hi\r\nevent said from=Admin\u001b[2J\0", "hi  event said from=Admin [2J ")]
    [InlineData("a\u202egnp.exe\u2066b", "agnp.exeb")]
    [InlineData("line\u2028end", "line end")]
    [InlineData("héllo 😀 武蔵", "héllo 😀 武蔵")]
    public void Nobody_can_forge_a_line_or_turn_the_text_of_others(string said, string heard)
    {
        Say(said);
        _map.Step();
        Assert.Equal(heard, Assert.Single(_gateway.Told<LineHeard>(_entity)).Line.Text);
    }

    [Fact]
    public void Leaving_and_entering_fills_no_bucket()
    {
        for (var i = 0; i < 5; i++)
            Assert.IsType<Spoken.Heard>(Say("hi"));
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Left, _map.Now);
        _map.Step();
        _map.Spawn(_gateway, _ann);
        Assert.Equal(RefusalCode.ChatEnterTooFast, Refused(Say("hi")).Code);
    }

    [Fact]
    public void A_second_character_of_the_account_is_muted_with_the_first()
    {
        Flood();
        var second = SteppedMap.Admission("Second") with { Account = _ann.Account };
        _map.Spawn(_gateway, second, connection: 2);
        var say = new MapSay(second.Character, second.Owner, ChatLineKind.Local, "hi", "");
        Assert.Equal(RefusalCode.ChatMuted, Refused(_map.Map.Say(say, _map.Now)).Code);
    }

    [Fact]
    public void Length_is_counted_in_bytes()
    {
        Assert.IsType<Spoken.Heard>(Say(new string('x', 500)));
        Assert.Equal(RefusalCode.ChatTooLong, Refused(Say(new string('é', 251))).Code);
    }

    [Fact]
    public void Nobody_speaks_for_another_owner_or_as_the_system()
    {
        var say = new MapSay(_ann.Character, new Fence(1, 0), ChatLineKind.Local, "hi", "");
        Assert.Equal(RefusalCode.CharacterNotFound, Refused(_map.Map.Say(say, _map.Now)).Code);
        Assert.Equal(RefusalCode.InvalidMessage, Refused(Say("hi", ChatLineKind.System)).Code);
    }

    [Theory]
    [InlineData(ChatLineKind.Local)]
    [InlineData(ChatLineKind.Global)]
    [InlineData(ChatLineKind.Whisper)]
    public void Who_has_left_for_another_map_may_say_it_again_in_a_moment(ChatLineKind kind)
    {
        _map.Map.Leave(_ann.Character, _ann.Owner, LeaveKind.Left, _map.Now);
        var why = Refused(Say("hi", kind, "Zoe"));
        Assert.Equal((RefusalCode.AlreadyWarping, TimeSpan.FromMilliseconds(250)), (why.Code, why.RetryAfter));
    }

    [Fact]
    public void Who_is_still_loading_may_say_it_again_in_a_moment()
    {
        var bob = SteppedMap.Admission("Bob");
        _map.Enter(_gateway, bob, connection: 2);
        var why = Refused(_map.Map.Say(new MapSay(bob.Character, bob.Owner, ChatLineKind.Global, "hi", ""), _map.Now));
        Assert.Equal((RefusalCode.AppNotReady, TimeSpan.FromMilliseconds(250)), (why.Code, why.RetryAfter));
    }

    [Fact]
    public void Global_lines_go_to_the_channel_and_must_be_said_in_time()
    {
        var line = Assert.IsType<Spoken.Global>(Say("hi", ChatLineKind.Global)).Line;
        Assert.Equal((_ann.Character, "Ann", "hi"), (line.Sender, line.SenderName, line.Text));
        Assert.Equal(_map.Now + TimeSpan.FromSeconds(1.5), line.NotAfter);
    }

    [Fact]
    public void A_whisper_on_the_same_map_is_heard_by_two()
    {
        var bob = _map.Spawn(_gateway, SteppedMap.Admission("Bob"), connection: 2);
        var cid = _map.Spawn(_gateway, SteppedMap.Admission("Cid"), connection: 3);
        Assert.IsType<Spoken.Heard>(Say("psst", ChatLineKind.Whisper, "bOB"));
        _map.Step();
        Assert.Equal("Bob", Assert.Single(_gateway.Told<LineHeard>(bob)).Line.To);
        Assert.Single(_gateway.Told<LineHeard>(_entity));
        Assert.Empty(_gateway.Told<LineHeard>(cid));
    }

    [Fact]
    public void A_lost_player_is_not_online_for_whispers()
    {
        var bob = SteppedMap.Admission("Bob");
        _map.Spawn(_gateway, bob, connection: 2);
        _map.Map.Leave(bob.Character, bob.Owner, LeaveKind.Lost, _map.Now);
        Assert.Equal(RefusalCode.CharacterNotOnline, Refused(Say("psst", ChatLineKind.Whisper, "Bob")).Code);
    }

    [Fact]
    public void A_name_that_is_not_here_is_looked_for_elsewhere() =>
        Assert.Equal("Zoe", Assert.IsType<Spoken.Whisper>(Say("psst", ChatLineKind.Whisper, "Zoe")).Line.To);

    [Fact]
    public void What_cannot_be_a_name_is_not_looked_for() =>
        Assert.Equal(RefusalCode.CharacterNotOnline, Refused(Say("psst", ChatLineKind.Whisper, "no/such name")).Code);

    [Fact]
    public void After_a_burst_of_five_one_line_each_three_seconds()
    {
        for (var i = 0; i < 5; i++)
            Assert.IsType<Spoken.Heard>(Say("hi"));
        Assert.Equal(RefusalCode.ChatEnterTooFast, Refused(Say("hi")).Code);
        _map.Step(TimeSpan.FromSeconds(3));
        Assert.IsType<Spoken.Heard>(Say("hi"));
    }

    [Fact]
    public void Flooding_mutes_longer_each_time_and_the_mute_is_to_be_kept()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), Flood());
        var (character, until) = Assert.Single(_map.Map.Mutes.Due(_map.Now));
        Assert.Equal((_ann.Character, _map.Now + TimeSpan.FromMinutes(5)), (character, until));
        _map.Map.Mutes.Kept(character, until);
        Assert.Equal(0, _map.Map.Mutes.Count);
        Assert.Equal(RefusalCode.ChatMuted, Refused(Say("hi")).Code);
        _map.Step(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromMinutes(15), Flood());
        _map.Step(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.FromMinutes(30), Flood());
        _map.Step(TimeSpan.FromMinutes(41));
        Assert.Equal(TimeSpan.FromMinutes(5), Flood());
    }

    [Fact]
    public void A_mute_by_others_holds_and_can_be_taken_back()
    {
        _map.Map.Talk.Mute(_ann.Character, _map.Now + TimeSpan.FromHours(1));
        Assert.Equal(RefusalCode.ChatMuted, Refused(Say("hi")).Code);
        _map.Map.Talk.Mute(_ann.Character, _map.Now);
        Assert.IsType<Spoken.Heard>(Say("hi"));
    }

    private static Refusal Refused(Spoken spoken) => Assert.IsType<Spoken.Refused>(spoken).Why;

    private Spoken Say(string text, ChatLineKind kind = ChatLineKind.Local, string to = "") =>
        _map.Map.Say(new MapSay(_ann.Character, _ann.Owner, kind, text, to), _map.Now);

    private TimeSpan? Flood()
    {
        Refusal? why = null;
        while (why?.Code != RefusalCode.ChatMuted)
            why = (Say("hi") as Spoken.Refused)?.Why;
        return why.RetryAfter;
    }
}
