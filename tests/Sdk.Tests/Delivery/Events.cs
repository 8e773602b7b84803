using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Tests.Fakes;

namespace MmoOrleans.Sdk.Tests.Delivery;

public class Events
{
    [Fact]
    public void Are_raised_inside_Pump_and_nowhere_else()
    {
        using var story = Story.OnMap();
        story.Gateway.Say(new MapEvent { Said = new Said { From = "Ada", Text = "hi" } });
        Assert.Empty(story.Events);
        story.Client.Pump();
        Assert.Equal(["heard Local Ada: hi"], story.Events);
    }

    [Fact]
    public async Task In_Pump_delivery_the_awaiting_code_goes_on_inside_Pump()
    {
        using var story = new Story();
        var thread = 0;
        async Task<bool> Connect()
        {
            await story.Client.ConnectCentralAsync("central", 7000);
            thread = Environment.CurrentManagedThreadId;
            return true;
        }

        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var connecting = Connect();
            Assert.Equal(0, thread);
            story.Client.Pump();
            Assert.Equal(Environment.CurrentManagedThreadId, thread);
            Assert.True(connecting.IsCompleted);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await Task.CompletedTask;
    }

    [Fact]
    public void A_handler_that_throws_neither_silences_the_others_nor_ends_the_connection()
    {
        using var story = Story.OnMap();
        var thrown = new List<string>();
        story.Client.UnhandledHandlerException += exception => thrown.Add(exception.Message);
        story.Client.Heard += _ => throw new InvalidOperationException("my bug");
        var after = 0;
        story.Client.Heard += _ => after++;
        story.Gateway.Say(new MapEvent { Said = new Said { From = "Ada", Text = "hi" } });
        story.Gateway.Say(new MapEvent { Said = new Said { From = "Ada", Text = "ho" } });
        story.Settle();
        Assert.Equal(["heard Local Ada: hi", "heard Local Ada: ho"], story.Events);
        Assert.Equal(["my bug", "my bug"], thrown);
        Assert.Equal(2, after);
        Assert.True(story.Client.IsConnectedToMap);
    }

    [Fact]
    public void A_handler_may_ask_and_a_Pump_inside_a_Pump_does_nothing()
    {
        using var story = Story.OnMap();
        Task<Answer<SayAccepted>>? reply = null;
        story.Client.Heard += _ =>
        {
            reply = story.Client.SayAsync("echo");
            story.Client.Pump();
        };
        story.Gateway.Say(new MapEvent { Said = new Said { From = "Ada", Text = "hi" } });
        story.Settle();
        Assert.True(story.Play(reply!).IsGranted(out _));
    }

    [Fact]
    public async Task Come_on_the_context_that_was_captured()
    {
        using var context = new OwnThreadContext();
        var gateway = new FakeGateway();
        var threads = new List<int>();
        var client = await context.Run(() => new MmoClient(new MmoClientOptions { CreateTransport = gateway.Create }));
        client.CentralConnected += _ => threads.Add(Environment.CurrentManagedThreadId);
        client.CentralDisconnected += _ => threads.Add(Environment.CurrentManagedThreadId);
        (await client.ConnectCentralAsync("central", 7000)).OrThrow();
        await client.DisconnectAsync();
        Assert.Equal([context.ThreadId, context.ThreadId], threads);
    }

    [Fact]
    public async Task Without_a_context_come_one_at_a_time_and_in_order()
    {
        var gateway = new FakeGateway();
        var heard = new List<string>();
        var inside = 0;
        var most = 0;
        var last = new TaskCompletionSource<bool>();
        var client = WithoutContext(() => new MmoClient(new MmoClientOptions { CreateTransport = gateway.Create }));
        client.Heard += line =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            heard.Add(line.Text);
            Interlocked.Decrement(ref inside);
            if (heard.Count == 400) last.TrySetResult(true);
        };
        (await client.ConnectCentralAsync("central", 7000)).OrThrow();
        (await client.LoginAsync("ada", "secret")).OrThrow();
        (await client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();

        var asking = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => client.ChannelsAsync())));
        for (var line = 0; line < 400; line++) gateway.Say(new MapEvent { Said = new Said { From = "Ada", Text = $"{line}" } });
        Assert.All(await asking, answer => Assert.True(answer.IsGranted(out _)));
        await last.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(Enumerable.Range(0, 400).Select(line => $"{line}"), heard);
        Assert.Equal(1, most);
        await client.DisconnectAsync();
    }

    private static T WithoutContext<T>(Func<T> make)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return make();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
