package org.maraudersmap.server.platform.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Function;
import org.maraudersmap.server.platform.ClientAddressResolver;
import org.maraudersmap.server.platform.StartRefusedException;
import org.maraudersmap.server.platform.input.RequestReader;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebFluxConfigurer {
    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final String PAGES_OF_THE_API = "/swagger-ui";
    private static final String POLICY_FOR_PAGES_OF_THE_API = """
            default-src 'none'; \
            script-src 'self'; \
            style-src 'self' 'unsafe-inline'; \
            img-src 'self' data:; \
            connect-src 'self'; \
            base-uri 'none'; \
            form-action 'none'; \
            frame-ancestors 'none'""";

    private final ClientAddressResolver clientAddresses;

    private final RequestReader requests;

    WebConfiguration(ClientAddressResolver clientAddresses, RequestReader requests) {
        this.clientAddresses = clientAddresses;
        this.requests = requests;
    }

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
        codecs.customCodecs().register(new RequestBodyReader(requests));
        codecs.customCodecs()
                .register(new NdjsonWriter(Schedulers.fromExecutor(VirtualThreadFilter::startThreadForRequest)));
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(
                new ActorArgumentResolver(),
                new CallerArgumentResolver(),
                new ClientAddressArgumentResolver(clientAddresses));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        StrictParameters.register(registry, (ConversionService) registry);
    }

    @Bean
    static BeanPostProcessor strictEditorsOfParameters() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof RequestMappingHandlerAdapter adapter
                        && adapter.getWebBindingInitializer() instanceof ConfigurableWebBindingInitializer binding) {
                    binding.setPropertyEditorRegistrar(StrictParameters::registerEditors);
                }
                return bean;
            }
        };
    }

    /** Every request is on a virtual thread already. */
    @Override
    public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
        configurer.setControllerMethodPredicate(_ -> false);
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> listenWhereSettingsSay(Settings settings) {
        return factory -> {
            factory.setPort(settings.port());
            try {
                factory.setAddress(InetAddress.getByName(settings.host()));
            } catch (UnknownHostException unknown) {
                throw new StartRefusedException(
                        Setting.HOST + "=" + settings.host() + ": this machine has no such address.");
            }
        };
    }

    /**
     * Where other protocols take over connections: behind Reactor Netty's HTTP codec, before its own handlers. The
     * guard comes before all of them.
     */
    @Bean
    NettyServerCustomizer handlersBehindHttpCodec(
            ObjectProvider<ChannelHandlerSource> sources, ConnectionBudget budget, Settings settings, JsonMapper json) {
        var deadlines = new ConnectionGuard.Deadlines(
                settings.duration(Setting.REQUEST_TIMEOUT), settings.duration(Setting.IDLE_TIMEOUT));
        Function<Problem, byte[]> writer = problem -> json.writeValueAsBytes(problem.toProblemDetail());
        return server -> server.doOnChannelInit((_, channel, _) -> {
            channel.pipeline()
                    .addAfter(NettyPipeline.HttpCodec, "unreadable", new UnreadableRequestHandler(writer));
            for (var source : sources) {
                channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, source.handlerName(), source.createHandlerForChannel());
            }
            var input = new UnfinishedInput(budget, deadlines.request());
            channel.pipeline()
                    .addBefore(NettyPipeline.HttpCodec, "unfinished-input", input)
                    .addAfter(
                            NettyPipeline.HttpCodec,
                            "guard",
                            new ConnectionGuard(
                                    budget,
                                    input,
                                    clientAddresses,
                                    deadlines,
                                    writer,
                                    System::nanoTime));
        });
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 4)
    WebFilter protectBrowsersByHeaders() {
        return (exchange, chain) -> {
            var headers = exchange.getResponse().getHeaders();
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "no-referrer");
            // Most answers are for somebody, and none of them is for the next user of the machine.
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            headers.set(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
            return chain.filter(exchange);
        };
    }

    /**
     * The pages that describe the API run scripts of their own and set styles by themselves. They are given whole:
     * Spring would make as many parts of them as a {@code Range} names, each as large as it likes.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 6)
    WebFilter protectPagesThatDescribeTheApi() {
        return (exchange, chain) -> {
            var request = exchange.getRequest();
            if (!request.getPath().value().startsWith(PAGES_OF_THE_API)) {
                return chain.filter(exchange);
            }
            var response = exchange.getResponse();
            response.getHeaders().set(CONTENT_SECURITY_POLICY, POLICY_FOR_PAGES_OF_THE_API);
            response.beforeCommit(() -> {
                response.getHeaders().set(HttpHeaders.ACCEPT_RANGES, "none");
                return Mono.empty();
            });
            return chain.filter(
                    exchange.mutate()
                            .request(whole -> whole.headers(headers -> headers.remove(HttpHeaders.RANGE)))
                            .build());
        };
    }

    /**
     * A DELETE may come without a body and so without a type. Spring knows that of POST, PUT and PATCH only and would
     * answer 415; told that it is JSON, it finds no body and is content.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 30)
    WebFilter takeUntypedDeleteAsJson() {
        return (exchange, chain) -> {
            var request = exchange.getRequest();
            if (!request.getMethod().equals(HttpMethod.DELETE) || request.getHeaders().getContentType() != null) {
                return chain.filter(exchange);
            }
            return chain.filter(
                    exchange.mutate()
                            .request(
                                    typed -> typed
                                            .headers(headers -> headers.setContentType(MediaType.APPLICATION_JSON)))
                            .build());
        };
    }
}
